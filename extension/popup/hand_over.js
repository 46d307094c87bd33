/**
 * @file Over to the workbench: by its link, and where the browser closes the popup because a
 * file dialogue took the focus. The dialogue dies with the popup; the service worker sees
 * that the popup's lock becomes free though nothing was chosen.
 */

import { announce, request } from '../messages/request.js';
import { CHOOSING_LOCK } from '../platform/batch_files.js';
import { byId } from '../ui/dom.js';

/** @param {HTMLAnchorElement} link */
export function wireHandOver(link) {
    link.addEventListener('click', (event) => {
        event.preventDefault(); // one tab of it, not one for each click
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
