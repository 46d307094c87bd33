/**
 * @file Names of the files that the batch gives.
 */

import { outputFileName, pictureName } from '../settings/file_name.js';
import { resultOf } from './item.js';

/** @typedef {import('./item.js').Item} Item */

/**
 * The name of a result, without its folders.
 *
 * @param {Item} item
 * @param {string} pattern
 */
export function resultFileName(item, pattern) {
    const { mediaType = 'image/png', width = 0, height = 0 } = resultOf(item) ?? {};
    const name = pictureName(item.fileName);
    return outputFileName(pattern, { name, mediaType, width, height });
}
