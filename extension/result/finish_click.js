/**
 * @file What the user's click asked for beyond showing the cut-out and could not be done in the
 * clicked page.
 *
 * Decides: the sentence after a download, a copy or a replacement that has to be done from here.
 */

import { text } from '../ui/i18n.js';

/**
 * Copying is possible here. For a download or a replacement, say what is left to do.
 *
 * @param {string} action   Empty if nothing is left.
 * @param {() => Promise<void>} copy
 * @returns {Promise<string>}
 */
export async function finishClick(action, copy) {
    if (action === 'download') return text('left_download');
    if (action.startsWith('download-')) {
        return text(`save_failed_${action.replace('download-', '')}`);
    }
    if (action === 'replace') return text('left_replace');
    if (action !== 'copy') return '';
    try {
        await copy();
        return text('result_copied');
    } catch {
        return text('failure_COPY_FORBIDDEN');
    }
}
