/**
 * @file The output settings: what a cut-out shall be like, unless a page asks for something else.
 *
 * Decides: which settings a click, the popup and the workbench pass on as options, and their
 * defaults.
 */

import { OPTIONS } from '../messages/facts.js';

/**
 * @typedef {object} OutputSettings
 * @property {typeof OPTIONS.quality.choices[number]} quality
 * @property {string | null} model     Id in the registry; null chooses by itself.
 * @property {typeof OPTIONS.format.choices[number]} format
 * @property {number} fileQuality      Of JPEG and WebP.
 * @property {string} background       As in OffcutOptions: `transparent`, a colour, `blur`.
 * @property {boolean} crop            Cut to the subject's box.
 * @property {number} margin           Per cent around the subject's box, with `crop`.
 */

/** @type {Readonly<OutputSettings>} The options' own, but for the margin: cropped is with some. */
export const OUTPUT_DEFAULTS = Object.freeze({
    quality: OPTIONS.quality.default,
    model: OPTIONS.model.default,
    format: OPTIONS.format.default,
    fileQuality: OPTIONS.file_quality.default,
    background: OPTIONS.background.default,
    crop: OPTIONS.crop.default,
    margin: 5,
});

/**
 * Take the output settings out of all.
 *
 * @param {OutputSettings} settings
 * @returns {OutputSettings}
 */
export function pickOutputSettings(settings) {
    const { quality, model, format, fileQuality, background, crop, margin } = settings;
    return { quality, model, format, fileQuality, background, crop, margin };
}

/**
 * What a job makes unless its page asks for something else.
 *
 * @param {OutputSettings} settings
 * @returns {import('../messages/edit_types.js').JobOptions}
 */
export function jobOptions({ quality, model, format, fileQuality, background, crop, margin }) {
    const cropping = crop ? { crop, margin: `${margin}%` } : {};
    return { quality, model, format, file_quality: fileQuality, background, ...cropping };
}
