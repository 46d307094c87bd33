/**
 * @file Over to the workbench: by its link, and where the browser closes the popup because a
 * file dialogue took the focus.
 */

import { announce, request } from '../messages/request.js';
import { byId } from '../ui/dom.js';

/** @param {HTMLAnchorElement} link */
export function wireHandOver(link) {
    link.addEventListener('click', (event) => {
        event.preventDefault(); // one tab of it, not one for each click
        request('background', 'workbench.open');
    });
    const field = byId('file-input', HTMLInputElement);
    let isChoosing = false;
    field.addEventListener('click', () => {
        isChoosing = true;
    });
    for (const end of ['change', 'cancel']) {
        field.addEventListener(end, () => {
            isChoosing = false;
        });
    }
    // The dialogue dies with the popup: choosing goes on where there is room for it.
    addEventListener('pagehide', () => {
        if (isChoosing) announce('background', 'workbench.open', {});
    });
}
