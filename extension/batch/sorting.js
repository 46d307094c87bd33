/**
 * @file The orders of the batch's list.
 *
 * Decides: what "as added", "by name" (numbers as numbers) and "by size" mean.
 */

/** @typedef {import('./item.js').Item} Item */
/** @typedef {'added' | 'name' | 'size'} Sorting */

const byName = new Intl.Collator(undefined, { numeric: true }).compare;

/** @type {Record<Sorting, (a: Item, b: Item) => number>} */
export const ORDERS = {
    added: (a, b) => a.number - b.number,
    name: (a, b) => byName(pathOf(a), pathOf(b)),
    size: (a, b) => a.bytes - b.bytes,
};

/** @param {Item} item */
export function pathOf({ folder, fileName }) {
    return [...folder, fileName].join('/');
}
