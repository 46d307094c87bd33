/**
 * @file The memory that a model needs, in words.
 *
 * Decides: how much of a machine's memory counts as too much.
 */

import { formatAmount, text } from '../ui/i18n.js';

/**
 * Say it, and whether it may be too much: what else runs needs the other half.
 *
 * @param {number} needed  Bytes.
 */
export function describeMemory(needed) {
    // The browser rounds it, to a power of two of gigabytes, and Firefox does not tell it.
    const { deviceMemory = Infinity } = /** @type {{ deviceMemory?: number }} */ (navigator);
    const isScarce = 2 * needed > deviceMemory * 2 ** 30;
    return text(isScarce ? 'models_memory_scarce' : 'models_memory', formatAmount(needed / 1e9));
}
