/**
 * @file What the user has chosen, as the controls show it.
 *
 * Decides: the first values of all controls, how job options become controls: per cent and pixels,
 * colours, frame. The way back: edit_options.js.
 *
 * States are never changed, only replaced, so that undo can go back to them.
 */

import { BACKGROUND_WORDS, OPTIONS } from '../../messages/facts.js';
import { OUTPUT_DEFAULTS } from '../../settings/output_settings.js';
import { ASPECTS, isMarket, stickerOf } from '../../settings/shapes.js';
import { idPhotoFrom } from './id_photo_state.js';

/** @typedef {import('../../messages/job_types.js').JobOptions} JobOptions */
/** @typedef {import('../../messages/edit_types.js').Edit} Edit */
/** @typedef {import('../../messages/edit_types.js').Stroke} Stroke */
/** @typedef {import('../../messages/edit_types.js').Region} Region */

/**
 * @typedef {object} EditState
 * @property {string} quality          `fast` or `best`.
 * @property {string} output           `cutout`, `matte` or `inverse`.
 * @property {number} feather          Pixels.
 * @property {number} shiftEdge        Pixels.
 * @property {boolean} isHard          Without half transparent places, by `threshold`.
 * @property {number} threshold        Per cent.
 * @property {string} backgroundKind   `transparent`, `color`, `picture` or `blur`.
 * @property {string} backgroundColor  #rrggbb
 * @property {number} backgroundBlur   Per cent of the diagonal.
 * @property {string} backgroundPicture  Id of a picture that the engine has; empty for none.
 * @property {number} outline          Per cent; 0 for none.
 * @property {string} outlineColor     #rrggbb
 * @property {boolean} shadow
 * @property {string} shadowKind       `drop`, `contact` or `cast`.
 * @property {number} shadowX          Per cent, like the four after it.
 * @property {number} shadowY
 * @property {number} castX
 * @property {number} castY
 * @property {number} shadowBlur
 * @property {number} shadowOpacity    Per cent.
 * @property {string} shadowColor      #rrggbb
 * @property {boolean} crop
 * @property {number} margin           Per cent.
 * @property {string} frame            `none`, a ratio, `canvas` or a market place.
 * @property {number} canvasWidth      Pixels.
 * @property {number} canvasHeight     Pixels.
 * @property {number} scale            Per cent of the canvas that the subject fills.
 * @property {boolean} ownSize         The canvas gets smaller before anything is enlarged.
 * @property {number} positionX        Per cent of the free room.
 * @property {number} positionY
 * @property {string} idPhoto           A format for an office, `own`, or `none`.
 * @property {number} idMiddle          Per cent of the picture's width.
 * @property {number} idCrown           Per cent of the picture's height, as the next two.
 * @property {number} idEyes
 * @property {number} idChin
 * @property {number} idWidth           Millimetres of one's own format, as the next two.
 * @property {number} idHeight
 * @property {number} idHead            From crown to chin.
 * @property {number} dpi
 * @property {string} format
 * @property {number} fileQuality
 * @property {number} maxKilobytes     0 for any size.
 * @property {boolean} lossless
 * @property {boolean} keepMetadata
 * @property {readonly (Stroke | Region)[]} strokes
 */

/** What the controls of options show that are off, and of what is no option. */
const FIRST = Object.freeze({
    threshold: 50,
    backgroundColor: '#ffffff',
    margin: OUTPUT_DEFAULTS.margin,
    canvasWidth: 1200,
    canvasHeight: 1200,
    scale: 85,
});

/** @type {Readonly<JobOptions>} Of all options. */
const DEFAULTS = Object.fromEntries(
    Object.entries(OPTIONS).map(([name, option]) => [name, option.default]),
);

/** Names that the settings give a colour. */
const NAMED_COLORS = Object.freeze({ white: '#ffffff', black: '#000000' });

/**
 * Where the controls begin.
 *
 * @param {Edit} edit  What was made already; what its options leave out is as their defaults.
 * @returns {EditState}
 */
export function stateFrom({ options, strokes, background = '' }) {
    const given = { ...DEFAULTS, ...options };
    const [shadowX = 0, shadowY = 0] = percents(given.shadow_offset, OPTIONS.shadow_offset.default);
    const [castX = 0, castY = 0] = percents(given.shadow_cast, OPTIONS.shadow_cast.default);
    const [positionX = 0, positionY = 0] = percents(given.position, OPTIONS.position.default);
    const [shadowBlur = 0] = percents(given.shadow_blur, OPTIONS.shadow_blur.default);
    const [outline = 0] = percents(given.outline, OPTIONS.outline.default);
    const [margin = 0] = percents(given.margin, `${FIRST.margin}%`);
    return {
        ...FIRST,
        ...backgroundFrom(String(given.background)),
        ...frameFrom(given),
        ...{ outline, shadowX, shadowY, castX, castY, shadowBlur, positionX, positionY, margin },
        quality: given.quality === 'best' ? 'best' : 'fast', // what is shown is one of the two
        output: String(given.output),
        feather: Number(given.feather),
        shiftEdge: Number(given.shift_edge),
        isHard: typeof given.threshold === 'number',
        threshold: inPercent(given.threshold) ?? FIRST.threshold,
        backgroundBlur: Number(given.background_blur),
        backgroundPicture: background,
        outlineColor: hex(String(given.outline_color), NAMED_COLORS.white),
        shadow: given.shadow === true,
        shadowKind: String(given.shadow_kind),
        shadowOpacity: inPercent(given.shadow_opacity) ?? 0,
        shadowColor: hex(String(given.shadow_color), NAMED_COLORS.black),
        scale: inPercent(given.scale) ?? FIRST.scale,
        ownSize: given.own_size === true,
        ...idPhotoFrom(given),
        format: String(given.format),
        fileQuality: Number(given.file_quality),
        maxKilobytes: typeof given.max_kilobytes === 'number' ? given.max_kilobytes : 0,
        lossless: given.lossless === true,
        keepMetadata: given.metadata === 'all',
        strokes,
    };
}

/** @param {JobOptions} options */
function frameFrom(options) {
    const { crop, aspect, canvas, market } = options;
    if (typeof canvas === 'string') {
        const [canvasWidth = 0, canvasHeight = 0] = canvas.split(/[x×]/).map(Number);
        const frame = isMarket(market) ? String(market) : (stickerOf(options) ?? 'canvas');
        return { frame, canvasWidth, canvasHeight, crop: crop === true };
    }
    const isKnown = typeof aspect === 'string' && ASPECTS.includes(aspect);
    return { frame: isKnown ? aspect : 'none', crop: crop === true };
}

/** @param {string} background */
function backgroundFrom(background) {
    if (BACKGROUND_WORDS.some((word) => word === background)) {
        return { backgroundKind: background };
    }
    return { backgroundKind: 'color', backgroundColor: hex(background, FIRST.backgroundColor) };
}

/**
 * @param {string} color
 * @param {string} absent
 */
function hex(color, absent) {
    if (/^#[0-9a-f]{6}$/i.test(color)) return color.toLowerCase();
    return NAMED_COLORS[/** @type {keyof typeof NAMED_COLORS} */ (color)] ?? absent;
}

/** @param {unknown} share  1 for the whole. */
function inPercent(share) {
    return typeof share === 'number' ? share * 100 : null;
}

/**
 * @param {unknown} text
 * @param {string} absent  Counts, if the text has not as many parts that are all percentages.
 * @returns {number[]}
 */
function percents(text, absent) {
    const parts = typeof text === 'string' ? text.split(/[\s,]+/) : [];
    const usual = absent.split(' ');
    const isReadable = parts.length === usual.length && parts.every((part) => /%$/.test(part));
    return (isReadable ? parts : usual).map(Number.parseFloat);
}
