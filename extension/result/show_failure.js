/**
 * @file Shows a failed or cancelled job: what happened, and what the user can do about it.
 *
 * Decides: the heading, and whether "try again" shows. Its sentence is made in ui/failure_text.js,
 * other buttons in recovery.js.
 */

import { byId } from '../ui/dom.js';
import { failureText } from '../ui/failure_text.js';
import { text } from '../ui/i18n.js';
import { showRecovery } from './recovery.js';

/**
 * @param {import('../messages/job_types.js').JobSnapshot} snapshot
 * @param {boolean} hasPicture  The page has the original, so another try is possible.
 */
export function showFailure({ state, failure, options, quality }, hasPicture) {
    const code = state === 'cancelled' ? 'CANCELLED' : (failure?.code ?? 'INTERNAL');
    const detail = failure?.detail ?? {};
    byId('failure-title', HTMLElement).textContent = text(TITLES[code] ?? 'result_failed_title');
    byId('failure-text', HTMLElement).textContent = failureText(code, detail);
    // What "auto" has tried is not offered again.
    const asked = options?.quality === 'auto' ? quality : options?.quality;
    showRecovery(code, { hasPicture, detail, quality: String(asked ?? 'fast') });
    byId('failed', HTMLElement).hidden = false;
}

/** @type {Record<string, string>} Failures with a heading of their own. */
const TITLES = Object.freeze({
    CANCELLED: 'result_cancelled_title',
    PERMISSION_NEEDED: 'result_permission_title',
    FRAME_CLOSED: 'result_permission_title',
});
