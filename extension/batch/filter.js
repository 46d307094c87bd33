/**
 * @file Which pictures of the batch are shown: all, or those that a person should look at.
 *
 * Decides: when "not sure" and "failed" can be chosen, and that a choice of which nothing is left
 * gives way to all pictures.
 */

import { byId } from '../ui/dom.js';
import { text } from '../ui/i18n.js';
import { needsRight, resultOf } from './item.js';

/** @typedef {import('./item.js').Item} Item */
/** @typedef {'all' | 'unsure' | 'failed'} Filter */

/** @param {Item} item */
export function isUnsure(item) {
    return item.state === 'done' && resultOf(item)?.isUnsure === true;
}

/** @type {Record<Exclude<Filter, 'all'>, (item: Item) => boolean>} */
const WANTED = {
    unsure: isUnsure,
    failed: (item) => item.state === 'failed' && !needsRight(item),
};

/** Follow the choice of the person. */
export function wireFilter() {
    const select = byId('filter', HTMLSelectElement);
    select.addEventListener('change', () => {
        byId('items', HTMLElement).dataset.only = select.value;
    });
}

/** @param {readonly Item[]} items  All of the batch. */
export function showFilter(items) {
    const select = byId('filter', HTMLSelectElement);
    let isOfUse = false;
    for (const [name, isWanted] of Object.entries(WANTED)) {
        const count = items.filter(isWanted).length;
        const option = select.querySelector(`[value=${name}]`);
        if (!(option instanceof HTMLOptionElement)) continue;
        option.textContent = text(`batch_filter_${name}`, count);
        option.hidden = option.disabled = count === 0;
        if (count === 0 && select.value === name) select.value = 'all';
        isOfUse ||= count > 0 && count < items.length;
    }
    byId('filter-row', HTMLElement).hidden = !isOfUse && select.value === 'all';
    byId('items', HTMLElement).dataset.only = select.value;
}

/**
 * What a row is to be found by.
 *
 * @param {Item} item
 * @returns {string}  Names of filters.
 */
export function filtersOf(item) {
    return Object.entries(WANTED)
        .filter(([, isWanted]) => isWanted(item))
        .map(([name]) => name)
        .join(' ');
}
