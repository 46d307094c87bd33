/**
 * @file The formats of results: which of them a browser shows, and how they are called.
 *
 * Decides: that files with layers (PSD, OpenRaster) are offered where a person saves a file, and not
 * where a result is put back into a page.
 */

import { FILE_FORMATS, OPTIONS } from '../messages/facts.js';

/** @typedef {typeof OPTIONS.format.choices[number]} FileFormat */

const NAMES = Object.freeze({
    png: 'PNG',
    webp: 'WebP',
    jpeg: 'JPEG',
    gif: 'GIF',
    psd: 'PSD',
    ora: 'OpenRaster',
});

/** A sheet to print is no picture, and no format to choose. */
const SHEET_TYPE = 'application/pdf';
/** All formats. */
export const FORMATS = OPTIONS.format.choices;
/** Those that are one picture, which a browser shows. */
export const FLAT_FORMATS = Object.freeze(
    FORMATS.filter((format) => !FILE_FORMATS[format].has_layers),
);

/** Those that can hold a picture that moves. */
export const MOVING_FORMATS = Object.freeze(FORMATS.filter((format) => FILE_FORMATS[format].moves));

/** @param {string} format */
export function isFlat(format) {
    return FLAT_FORMATS.some((flat) => flat === format);
}

/** @param {string} mediaType  Of a file that was made here. */
export function hasLayers(mediaType) {
    return factsOf(mediaType)?.has_layers ?? false;
}

/**
 * @param {string} mediaType
 * @returns {string}  The ending of its files, with the dot; that of PNG for a type that is not ours.
 */
export function suffixOf(mediaType) {
    if (mediaType === SHEET_TYPE) return '.pdf';
    return factsOf(mediaType)?.suffix ?? FILE_FORMATS.png.suffix;
}

/** @param {unknown} format  As the options name it. */
export function formatName(format) {
    return NAMES[/** @type {FileFormat} */ (format)] ?? String(format);
}

/**
 * @param {string} mediaType  Of a file that was made here.
 * @returns {string}  As its format is called; an animated PNG is a PNG.
 */
export function formatOf(mediaType) {
    return formatName(FORMATS.find((format) => FILE_FORMATS[format].media_type === mediaType));
}

/** @param {string} mediaType */
function factsOf(mediaType) {
    return Object.values(FILE_FORMATS).find(({ media_type }) => media_type === mediaType);
}
