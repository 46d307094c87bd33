/**
 * @file What is said beside a cut-out that may be the wrong thing, and the ways on from there.
 *
 * Decides: which remedies "not sure about this one" offers: a tap, a brush, the better quality, or
 * a model once that was not enough; that it is gone at the first edit, comes back only for another
 * quality's result, and stays away once closed. When a cut-out is unsure: py/offcut/matting/doubt.py.
 */

import { byId } from '../ui/dom.js';

/** The notice of Python that says so. */
export const UNSURE = 'UNSURE';

/** Whether it was said of a quality's result, and the person has gone on from there. */
const told = { fast: false, best: false };
let isClosed = false;

/** @param {string[]} codes  Notices of the shown file. */
export function showDoubt(codes) {
    const isBest = byId('quality-best', HTMLInputElement).checked;
    byId('doubt-best', HTMLElement).hidden = isBest;
    byId('doubt-models', HTMLElement).hidden = !isBest;
    const isShown = codes.includes(UNSURE) && !isClosed && !told[isBest ? 'best' : 'fast'];
    const doubt = byId('doubt', HTMLElement);
    doubt.hidden = !isShown;
    if (isShown) doubt.dataset.kept = ''; // its room, from now on
}

/** Each remedy is what a person could do by the editor's own controls. */
export function wireDoubt() {
    onClick('doubt-tap', () => press('tool-tap'));
    onClick('doubt-brush', () => press('tool-keep'));
    onClick('doubt-best', () => press('quality-best'));
    onClick('doubt-models', () => window.open('/options/options.html#models', '_blank'));
    onClick('doubt-close', () => {
        isClosed = true;
        delete byId('doubt', HTMLElement).dataset.kept; // no hand is on the picture now
        byId('view', HTMLElement).focus(); // the focus shall not fall out of the editor
    });
    goWithFirstEdit();
}

/** A tap or a stroke on the picture, or any other edit, answers the doubt. */
function goWithFirstEdit() {
    const stage = byId('stage', HTMLElement);
    byId('view', HTMLElement).addEventListener('pointerdown', () => {
        if (stage.dataset.tool !== 'hand') goOn();
    });
    new MutationObserver(() => {
        if (!byId('reset', HTMLButtonElement).disabled) goOn();
    }).observe(stage, { attributeFilter: ['data-edit'] });
}

/** What is unsure is the result of the quality that was asked for when it came. */
function goOn() {
    const doubt = byId('doubt', HTMLElement);
    if (doubt.hidden) return;
    told[byId('doubt-models', HTMLElement).hidden ? 'fast' : 'best'] = true;
    doubt.hidden = true;
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
        goOn();
    });
}
