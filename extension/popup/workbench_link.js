/**
 * @file The ways from the popup to the workbench: its link, and a file dialogue that closes the
 * popup. In some browsers the dialogue takes the focus, so the popup closes, and the dialogue
 * with it. The service worker sees that the popup's lock is free although nothing was chosen,
 * and opens the workbench.
 *
 * Decides: when the workbench opens instead of a file dialogue.
 */

import { announce, request } from '../messages/request.js';
import { CHOOSING_LOCK } from '../platform/batch_files.js';
import { byId } from '../ui/dom.js';

/** @param {HTMLAnchorElement} link */
export function wireWorkbench(link) {
    link.addEventListener('click', (event) => {
        event.preventDefault(); // the service worker opens one tab, not one for each click
        request('background', 'workbench.open');
    });
    const field = byId('file-input', HTMLInputElement);
    field.addEventListener('click', () => {
        navigator.locks.request(CHOOSING_LOCK, () => {
            announce('background', 'dialogue.open', {});
            return new Promise((resolve) => {
                for (const end of ['change', 'cancel']) field.addEventListener(end, resolve);
            }).then(() => request('background', 'dialogue.close'));
        });
    });
}
