/**
 * @file Names of the files that are made from pictures.
 *
 * Decides: what a pattern may contain ({name}, {width}, {date}, ...), which characters are
 * replaced, the longest name, the name of a picture without one.
 */

import { cleanName, FALLBACK, FORBIDDEN, MAX_LENGTH } from './clean_name.js';
import { suffixOf } from './file_formats.js';

export { pictureName } from './picture_name.js';

export const DEFAULT_PATTERN = '{name}-cutout';
/** Names that a file name pattern may contain in braces. */
export const PLACEHOLDERS = Object.freeze(['name', 'width', 'height', 'date', 'time']);

/**
 * @typedef {object} OutputFacts
 * @property {string} name       From `pictureName`.
 * @property {string} mediaType  Of the saved file, e.g. `image/png`.
 * @property {number} width      Pixels.
 * @property {number} height     Pixels.
 * @property {Date} [date]       Now, if absent.
 */

/**
 * The name under which a result is saved.
 *
 * @param {string} pattern  As in the settings: `{name}-cutout`.
 * @param {OutputFacts} facts
 */
export function outputFileName(pattern, { name, mediaType, width, height, date = new Date() }) {
    const two = (/** @type {number} */ part) => String(part).padStart(2, '0');
    /** @type {Record<string, string | number>} */
    const values = {
        name,
        width,
        height,
        date: `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`,
        time: `${two(date.getHours())}-${two(date.getMinutes())}-${two(date.getSeconds())}`,
    };
    const filled = pattern.replace(/\{(\w+)\}/g, (whole, key) => String(values[key] ?? whole));
    const stem = cleanName(filled, 2 * MAX_LENGTH) || FALLBACK;
    return `${stem}${suffixOf(mediaType)}`;
}

/**
 * @param {string} pattern
 * @returns {'empty' | 'forbidden' | 'unknown' | null}  What is wrong with the pattern, if anything.
 */
export function patternProblem(pattern) {
    if (!pattern.trim()) return 'empty';
    const rest = pattern.replace(/\{(\w+)\}/g, (whole, key) =>
        PLACEHOLDERS.includes(key) ? '' : whole,
    );
    if (/[{}]/.test(rest)) return 'unknown';
    return rest.search(FORBIDDEN) >= 0 ? 'forbidden' : null;
}
