/**
 * @file Errors of what the user asks for, told in the page's status line.
 *
 * Decides: the sentence when an action fails or storage is full.
 */

import { isStorageFull } from '../platform/batch_files.js';
import { byId } from '../ui/dom.js';
import { text } from '../ui/i18n.js';

/**
 * Do something, and tell the user if it fails.
 *
 * @param {() => unknown} act
 */
export async function reportErrors(act) {
    try {
        await act();
    } catch (error) {
        console.error(error);
        const key = isStorageFull(error) ? 'failure_STORAGE_FULL' : 'popup_action_failed';
        byId('said', HTMLElement).textContent = text(key);
    }
}
