/**
 * @file What the user must know of the shown file: what had to be changed or left out to make it.
 * That it may be the wrong thing is said by doubt.js.
 *
 * The sentences lie over the stage, so that nothing moves when others come with another edit.
 */

import { byId } from '../ui/dom.js';
import { text } from '../ui/i18n.js';
import { showDoubt, UNSURE, wireDoubt } from './doubt.js';

/** The sentences that the user has closed; others are shown again. */
let closed = '';

/** @param {string[]} codes */
export function showNotices(codes) {
    showDoubt(codes);
    const sentences = codes
        .filter((code) => code !== UNSURE)
        .map((code) => text(`notice_${code}`))
        .filter(Boolean)
        .join(' ');
    const place = byId('notices-text', HTMLElement);
    if (place.textContent !== sentences) place.textContent = sentences;
    byId('notices', HTMLElement).hidden = sentences === '' || sentences === closed;
}

export function wireNotices() {
    wireDoubt();
    byId('notices-close', HTMLButtonElement).addEventListener('click', () => {
        closed = byId('notices-text', HTMLElement).textContent ?? '';
        byId('notices', HTMLElement).hidden = true;
        byId('view', HTMLElement).focus(); // the focus shall not fall out of the editor
    });
}
