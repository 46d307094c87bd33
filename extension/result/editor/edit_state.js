/**
 * @file What the user has chosen, as the controls show it, and as the engine wants it.
 *
 * States are never changed, only replaced, so that undo can go back to them.
 */

import { ASPECTS, isCanvas } from './frame_presets.js';

/** @typedef {import('../../messages/job_types.js').JobOptions} JobOptions */
/** @typedef {import('../../messages/edit_types.js').Edit} Edit */
/** @typedef {import('../../messages/edit_types.js').Stroke} Stroke */

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
 * @property {boolean} shadow
 * @property {number} shadowX          Per cent, like the two after it.
 * @property {number} shadowY
 * @property {number} shadowBlur
 * @property {number} shadowOpacity    Per cent.
 * @property {string} shadowColor      #rrggbb
 * @property {boolean} crop
 * @property {number} margin           Per cent.
 * @property {string} frame            `none`, a ratio, `canvas` or a market place.
 * @property {number} canvasWidth      Pixels.
 * @property {number} canvasHeight     Pixels.
 * @property {number} scale            Per cent of the canvas that the subject fills.
 * @property {number} positionX        Per cent of the free room.
 * @property {number} positionY
 * @property {string} format
 * @property {number} fileQuality
 * @property {boolean} lossless
 * @property {boolean} keepMetadata
 * @property {readonly Stroke[]} strokes
 */

/** @type {Readonly<EditState>} As the options' own defaults. */
const FIRST = Object.freeze({
    quality: 'fast',
    output: 'cutout',
    feather: 0,
    shiftEdge: 0,
    isHard: false,
    threshold: 50,
    backgroundKind: 'transparent',
    backgroundColor: '#ffffff',
    backgroundBlur: 2,
    backgroundPicture: '',
    shadow: false,
    shadowX: 0,
    shadowY: 2,
    shadowBlur: 4,
    shadowOpacity: 50,
    shadowColor: '#000000',
    crop: false,
    margin: 5,
    frame: 'none',
    canvasWidth: 1200,
    canvasHeight: 1200,
    scale: 85,
    positionX: 50,
    positionY: 50,
    format: 'png',
    fileQuality: 90,
    lossless: false,
    keepMetadata: false,
    strokes: Object.freeze([]),
});

/** @type {Readonly<Record<string, string>>} Names that the settings give a colour. */
const NAMED_COLORS = Object.freeze({ white: '#ffffff', black: '#000000' });

/**
 * Where the controls begin.
 *
 * @param {Edit} edit  What was made already.
 * @returns {EditState}
 */
export function stateFrom({ options, strokes, background = '' }) {
    const word = (/** @type {string} */ name, /** @type {string} */ absent) =>
        typeof options[name] === 'string' ? String(options[name]) : absent;
    const number = (/** @type {string} */ name, /** @type {number} */ absent, by = 1) =>
        typeof options[name] === 'number' ? Number(options[name]) * by : absent;
    const [shadowX, shadowY] = percents(options.shadow_offset, [FIRST.shadowX, FIRST.shadowY]);
    const [positionX, positionY] = percents(options.position, [50, 50]);
    const [margin] = percents(options.margin, [FIRST.margin]);
    const [shadowBlur] = percents(options.shadow_blur, [FIRST.shadowBlur]);
    return {
        ...FIRST,
        ...backgroundFrom(word('background', FIRST.backgroundKind)),
        ...frameFrom(options),
        ...{ shadowX, shadowY, shadowBlur, positionX, positionY, margin },
        quality: word('quality', FIRST.quality),
        output: word('output', FIRST.output),
        feather: number('feather', FIRST.feather),
        shiftEdge: number('shift_edge', FIRST.shiftEdge),
        isHard: typeof options.threshold === 'number',
        threshold: number('threshold', FIRST.threshold, 100),
        backgroundBlur: number('background_blur', FIRST.backgroundBlur),
        backgroundPicture: background,
        shadow: options.shadow === true,
        shadowOpacity: number('shadow_opacity', FIRST.shadowOpacity, 100),
        shadowColor: hex(word('shadow_color', FIRST.shadowColor), FIRST.shadowColor),
        scale: number('scale', FIRST.scale, 100),
        format: word('format', FIRST.format),
        fileQuality: number('file_quality', FIRST.fileQuality),
        lossless: options.lossless === true,
        keepMetadata: options.metadata === 'all',
        strokes,
    };
}

/**
 * What the engine shall make.
 *
 * @param {EditState} state
 * @param {JobOptions} others  Options of the job that have no control, as the model.
 * @returns {Edit}
 */
export function editOf(state, others) {
    const isPicture = state.backgroundKind === 'picture' && state.backgroundPicture !== '';
    /** @type {Edit} */
    const edit = {
        options: {
            model: others.model ?? null,
            quality: state.quality,
            output: state.output,
            feather: state.feather,
            shift_edge: state.shiftEdge,
            threshold: state.isHard ? state.threshold / 100 : null,
            background: backgroundOption(state),
            background_blur: state.backgroundBlur,
            ...shadowOptions(state),
            ...frameOptions(state),
            format: state.format,
            file_quality: state.fileQuality,
            lossless: state.lossless && state.format === 'webp',
            metadata: state.keepMetadata ? 'all' : 'none',
        },
        strokes: [...state.strokes],
    };
    if (isPicture) edit.background = state.backgroundPicture;
    return edit;
}

/** @param {EditState} state */
function backgroundOption({ backgroundKind, backgroundColor, backgroundPicture }) {
    if (backgroundKind === 'color') return backgroundColor;
    // Until there is a picture, nothing is behind the subject.
    if (backgroundKind === 'picture' && !backgroundPicture) return 'transparent';
    return backgroundKind;
}

/** @param {EditState} state */
function shadowOptions({ shadow, shadowX, shadowY, shadowBlur, shadowOpacity, shadowColor }) {
    if (!shadow) return {};
    return {
        shadow,
        shadow_offset: `${percent(shadowX)} ${percent(shadowY)}`,
        shadow_blur: percent(shadowBlur),
        shadow_opacity: shadowOpacity / 100,
        shadow_color: shadowColor,
    };
}

/** @param {EditState} state */
function frameOptions(state) {
    const position = `${percent(state.positionX)} ${percent(state.positionY)}`;
    const margin = percent(state.margin);
    if (isCanvas(state.frame)) {
        const canvas = `${state.canvasWidth}x${state.canvasHeight}`;
        return { canvas, scale: state.scale / 100, position, margin };
    }
    return {
        ...(state.crop ? { crop: true, margin } : {}),
        ...(state.frame === 'none' ? {} : { aspect: state.frame, position }),
    };
}

/**
 * @param {JobOptions} options
 * @returns {Partial<EditState>}
 */
function frameFrom({ crop, aspect, canvas }) {
    if (typeof canvas === 'string') {
        const [canvasWidth = 0, canvasHeight = 0] = canvas.split(/[x×]/).map(Number);
        return { frame: 'canvas', canvasWidth, canvasHeight, crop: crop === true };
    }
    const isKnown = typeof aspect === 'string' && ASPECTS.includes(aspect);
    return { frame: isKnown ? aspect : 'none', crop: crop === true };
}

/**
 * @param {string} background
 * @returns {Partial<EditState>}
 */
function backgroundFrom(background) {
    if (['transparent', 'blur', 'picture'].includes(background)) {
        return { backgroundKind: background };
    }
    return {
        backgroundKind: 'color',
        backgroundColor: hex(background, FIRST.backgroundColor),
    };
}

/**
 * @param {string} color
 * @param {string} absent
 */
function hex(color, absent) {
    if (/^#[0-9a-f]{6}$/i.test(color)) return color.toLowerCase();
    return NAMED_COLORS[color] ?? absent;
}

/** The notation of the options has no exponents and at most four decimals. */
const percent = (/** @type {number} */ value) => `${Math.round(value * 100) / 100}%`;

/**
 * @template {number[]} Values
 * @param {unknown} text
 * @param {Values} absent
 * @returns {Values}
 */
function percents(text, absent) {
    const parts = typeof text === 'string' ? text.split(/[\s,]+/) : [];
    const isReadable = parts.length === absent.length && parts.every((part) => /%$/.test(part));
    return isReadable ? /** @type {Values} */ (parts.map(Number.parseFloat)) : absent;
}
