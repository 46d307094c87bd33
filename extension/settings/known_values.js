/**
 * @file Settings that this version understands: what another version has left is not trusted blindly.
 *
 * Decides: what counts as a value of each setting. For any other the default is taken, and what is kept
 * stays as it is: the version that wrote it finds it again. So a profile may go to a newer version and
 * back, and no job fails for a value that nobody here knows.
 */

import { BACKGROUND_WORDS, OPTIONS } from '../messages/facts.js';
import { FLAT_FORMATS } from './file_formats.js';
import { SHAPES } from './shapes.js';

const COLOR = /^(?:#[0-9a-f]{6}|white|black)$/i;
/** @type {Readonly<Record<string, readonly string[]>>} */
const CHOICES = Object.freeze({
    quality: OPTIONS.quality.choices,
    clickAction: ['open', 'background', 'panel', 'download', 'copy', 'replace'],
    theme: ['auto', 'light', 'dark'],
    shape: SHAPES,
    shadow: ['none', ...OPTIONS.shadow_kind.choices],
});
/** @type {Readonly<Record<string, readonly [number, number]>>} */
const RANGES = Object.freeze({
    fileQuality: [OPTIONS.file_quality.min, OPTIONS.file_quality.max],
    margin: [0, 100],
    outline: [0, 25],
    feather: [OPTIONS.feather.min, OPTIONS.feather.max],
    shiftEdge: [OPTIONS.shift_edge.min, OPTIONS.shift_edge.max],
    keepWarmMinutes: [0, 120],
});

/**
 * @template {object} Settings
 * @param {Readonly<Settings>} defaults
 * @param {Record<string, unknown>} kept  As it is in storage; what is no setting is left out.
 * @param {readonly string[]} [formats]  That can be chosen there.
 * @returns {Settings}
 */
export function knownValues(defaults, kept, formats = FLAT_FORMATS) {
    const known = Object.entries(defaults).map(([name, value]) => [
        name,
        name in kept && isKnown(name, kept[name], value, formats) ? kept[name] : value,
    ]);
    return Object.fromEntries(known);
}

/**
 * @param {string} name
 * @param {unknown} value
 * @param {unknown} preset
 * @param {readonly string[]} formats
 */
function isKnown(name, value, preset, formats) {
    const choices = name === 'format' ? formats : CHOICES[name];
    if (choices) return choices.some((choice) => choice === value);
    if (name === 'model') return value === null || typeof value === 'string';
    if (name === 'background') return isBackground(value);
    if (name === 'outlineColor') return typeof value === 'string' && /^#[0-9a-f]{6}$/i.test(value);
    const range = RANGES[name];
    if (range) return typeof value === 'number' && value >= range[0] && value <= range[1];
    return typeof value === typeof preset;
}

/** @param {unknown} value */
function isBackground(value) {
    if (typeof value !== 'string') return false;
    return BACKGROUND_WORDS.some((word) => word === value) || COLOR.test(value);
}
