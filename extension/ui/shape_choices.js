/**
 * @file The shapes of a result, for a menu: the editor and the workbench both have one.
 *
 * Decides: how they are called there, and their order.
 */

import { MARKETS } from '../messages/markets.js';
import { ASPECTS, STICKERS } from '../settings/shapes.js';
import { make } from './dom.js';
import { text } from './i18n.js';

/** @returns {HTMLOptionElement[]} */
export function shapeChoices() {
    const option = (/** @type {string} */ value, /** @type {string} */ label) =>
        make('option', { value, textContent: label });
    return [
        option('none', text('edit_frame_none')),
        ...ASPECTS.map((aspect) => option(aspect, text('edit_frame_aspect', aspect))),
        ...Object.entries(MARKETS).map(([market, { title, width, height }]) =>
            option(market, text('edit_frame_market', title, width, height)),
        ),
        ...Object.entries(STICKERS).map(([messenger, { side }]) =>
            option(messenger, text(`edit_frame_${messenger}`, side, side)),
        ),
    ];
}
