/**
 * @file A batch that another version has left, as this version understands it.
 *
 * Decides: what becomes of what an older version did not know or a newer one knows beyond this one: an
 * output setting without a meaning here is the default, a picture in a state without a meaning here
 * is done if it has a result, and waits if it has none. All else stays in the list as it was written,
 * so that the version that wrote it finds it again.
 */

import { FORMATS } from '../settings/file_formats.js';
import { knownValues } from '../settings/known_values.js';
import { OUTPUT_DEFAULTS } from '../settings/output_settings.js';
import { newItem } from './item.js';

/** @typedef {import('./item.js').Item} Item */

const STATES = ['waiting', 'running', 'done', 'failed', 'cancelled'];

/**
 * @param {{ items: any[], making?: any }} batch
 * @returns {{ items: Item[], making: Item['making'] }}
 */
export function understood({ items, making }) {
    return { making: asOurs(making), items: items.map(asItem) };
}

/**
 * @param {any} kept
 * @param {number} index
 * @returns {Item}
 */
function asItem(kept, index) {
    const { id: _, ...ours } = newItem(NOBODY, index, OUTPUT_DEFAULTS);
    /** @type {Item} */
    const item = { ...ours, ...kept, making: asOurs(kept.making) };
    if (!STATES.includes(item.state)) {
        item.state = item.made || item.edited ? 'done' : 'waiting';
    }
    return item;
}

/** @type {import('./item.js').FoundPicture} What nobody has given a name. */
const NOBODY = { file: { name: '', type: '', size: 0 }, folder: [] };

/** @param {any} making */
function asOurs(making) {
    return { ...making, ...knownValues(OUTPUT_DEFAULTS, making ?? {}, FORMATS) };
}
