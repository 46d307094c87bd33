/**
 * @file The popup's link to the workbench.
 */

import { request } from '../messages/request.js';

/** @param {HTMLAnchorElement} link */
export function wireWorkbench(link) {
    link.addEventListener('click', (event) => {
        event.preventDefault(); // the service worker opens one tab, not one for each click
        request('background', 'workbench.open');
    });
}
