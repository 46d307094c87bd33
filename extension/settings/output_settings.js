/**
 * @file The output settings: what a cut-out shall be like, unless a page asks for something else.
 *
 * Decides: which settings a click, the popup and the workbench pass on as options, and their
 * defaults.
 */

import { OPTIONS } from '../messages/facts.js';
import { shapeOptions } from './shapes.js';

/**
 * @typedef {object} OutputSettings
 * @property {typeof OPTIONS.quality.choices[number]} quality
 * @property {string | null} model     Id in the registry; null chooses by itself.
 * @property {typeof OPTIONS.format.choices[number]} format
 * @property {number} fileQuality      Of JPEG and WebP.
 * @property {string} background       As in OffcutOptions: `transparent`, a colour, `blur`.
 * @property {boolean} crop            Cut to the subject's box.
 * @property {number} margin           Per cent around the subject's box, with `crop`.
 * @property {string} shape            One of SHAPES.
 * @property {boolean} ownSize         Nothing is enlarged: the canvas gets smaller.
 * @property {number} feather          Pixels, as the next.
 * @property {number} shiftEdge
 * @property {number} outline          Per cent; 0 for none.
 * @property {string} outlineColor     #rrggbb
 * @property {'none' | typeof OPTIONS.shadow_kind.choices[number]} shadow
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
    shape: 'none',
    ownSize: false,
    feather: OPTIONS.feather.default,
    shiftEdge: OPTIONS.shift_edge.default,
    outline: 0,
    outlineColor: '#ffffff',
    shadow: 'none',
});

/** @type {readonly (keyof OutputSettings)[]} */
const NAMES = Object.freeze(/** @type {any} */ (Object.keys(OUTPUT_DEFAULTS)));

/**
 * Take the output settings out of all.
 *
 * @param {OutputSettings} settings
 * @returns {OutputSettings}
 */
export function pickOutputSettings(settings) {
    return /** @type {OutputSettings} */ (
        Object.fromEntries(NAMES.map((name) => [name, settings[name]]))
    );
}

/**
 * What a job makes unless its page asks for something else.
 *
 * @param {OutputSettings} settings
 * @returns {import('../messages/edit_types.js').JobOptions}
 */
export function jobOptions(settings) {
    const { quality, model, format, fileQuality, background, crop, margin } = settings;
    return {
        quality,
        model,
        format,
        file_quality: fileQuality,
        background,
        ...(crop ? { crop, margin: `${margin}%` } : {}),
        ...lookOptions(settings),
    };
}

/**
 * What is usually left as it is.
 *
 * @param {OutputSettings} settings
 */
function lookOptions({ format, ...settings }) {
    const { shape, ownSize, feather, shiftEdge, outline, outlineColor, shadow } = settings;
    return {
        ...shapeOptions(shape, ownSize, format),
        ...(feather ? { feather } : {}),
        ...(shiftEdge ? { shift_edge: shiftEdge } : {}),
        ...(outline ? { outline: `${outline}%`, outline_color: outlineColor } : {}),
        ...(shadow === 'none' ? {} : { shadow: true, shadow_kind: shadow }),
    };
}
