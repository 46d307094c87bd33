/**
 * @file What is said beside a cut-out that may be the wrong thing, and the ways on from there.
 *
 * Decides: which remedies "not sure about this one" offers: a tap, a brush, the better quality, or
 * a model once that was not enough; that it is gone while one of them is at work, and stays away once
 * closed. When a cut-out is unsure: py/offcut/matting/doubt.py.
 */

import { byId } from '../ui/dom.js';

/** The notice of Python that says so. */
export const UNSURE = 'UNSURE';

let isClosed = false;

/** @param {string[]} codes  Notices of the shown file. */
export function showDoubt(codes) {
    const isBest = byId('quality-best', HTMLInputElement).checked;
    byId('doubt-best', HTMLElement).hidden = isBest;
    byId('doubt-models', HTMLElement).hidden = !isBest;
    byId('doubt', HTMLElement).hidden = isClosed || !codes.includes(UNSURE);
}

/** Each remedy is what a person could do by the editor's own controls. */
export function wireDoubt() {
    onClick('doubt-tap', () => press('tool-tap'));
    onClick('doubt-brush', () => press('tool-keep'));
    onClick('doubt-best', () => press('quality-best'));
    onClick('doubt-models', () => window.open('/options/options.html#models', '_blank'));
    onClick('doubt-close', () => {
        isClosed = true;
        byId('view', HTMLElement).focus(); // the focus shall not fall out of the editor
    });
}

/** @param {string} id  Of a control of the editor. */
function press(id) {
    const control = byId(id, HTMLInputElement);
    control.click();
    control.focus();
}

/**
 * @param {string} id
 * @param {() => unknown} act
 */
function onClick(id, act) {
    byId(id, HTMLElement).addEventListener('click', () => {
        act();
        byId('doubt', HTMLElement).hidden = true;
    });
}
