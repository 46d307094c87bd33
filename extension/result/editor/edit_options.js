/**
 * @file What the user has chosen, as the engine wants it.
 *
 * Decides: how controls become options: per cent and pixels, colours, frame, what is left out when
 * it is off. The way back: edit_state.js.
 */

import { isMarket } from '../../settings/shapes.js';
import { isCanvas } from './frame_presets.js';
import { idPhotoOptions } from './id_photo_state.js';

/** @typedef {import('../../messages/job_types.js').JobOptions} JobOptions */
/** @typedef {import('../../messages/edit_types.js').Edit} Edit */
/** @typedef {import('./edit_state.js').EditState} EditState */

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
            ...outlineOptions(state),
            ...shadowOptions(state),
            ...frameOptions(state),
            format: state.format,
            file_quality: state.fileQuality,
            ...limitOption(state),
            lossless: state.lossless && state.format === 'webp',
            metadata: state.keepMetadata ? 'all' : 'none',
        },
        strokes: [...state.strokes],
    };
    if (isPicture) edit.background = state.backgroundPicture;
    return edit;
}

/**
 * The matte alone, which fits the picture pixel by pixel: py/offcut/alpha_file.py makes the same.
 *
 * @param {Edit} edit
 * @returns {Edit}
 */
export function matteOf({ options, strokes }) {
    const { model, quality, feather, shift_edge, threshold } = options;
    const edge = { model, quality, feather, shift_edge, threshold };
    return { options: { ...edge, output: 'matte', format: 'png' }, strokes };
}

/** @param {EditState} state */
function backgroundOption({ backgroundKind, backgroundColor, backgroundPicture }) {
    if (backgroundKind === 'color') return backgroundColor;
    // Until there is a picture, nothing is behind the subject.
    if (backgroundKind === 'picture' && !backgroundPicture) return 'transparent';
    return backgroundKind;
}

/** @param {EditState} state */
function outlineOptions({ outline, outlineColor }) {
    return outline > 0 ? { outline: percent(outline), outline_color: outlineColor } : {};
}

/**
 * Where the file's quality can be lowered.
 *
 * @param {EditState} state
 */
function limitOption({ maxKilobytes, format, lossless }) {
    const isLossy = format === 'jpeg' || (format === 'webp' && !lossless);
    return isLossy && maxKilobytes > 0 ? { max_kilobytes: maxKilobytes } : {};
}

/** @param {EditState} state */
function shadowOptions(state) {
    const { shadow, shadowKind, shadowBlur, shadowOpacity, shadowColor } = state;
    if (!shadow) return {};
    return {
        shadow,
        shadow_kind: shadowKind,
        shadow_offset: `${percent(state.shadowX)} ${percent(state.shadowY)}`,
        shadow_cast: `${percent(state.castX)} ${percent(state.castY)}`,
        shadow_blur: percent(shadowBlur),
        shadow_opacity: shadowOpacity / 100,
        shadow_color: shadowColor,
    };
}

/** @param {EditState} state */
function frameOptions(state) {
    const position = `${percent(state.positionX)} ${percent(state.positionY)}`;
    const margin = percent(state.margin);
    if (state.idPhoto !== 'none') return idPhotoOptions(state);
    if (isCanvas(state.frame)) {
        const canvas = `${state.canvasWidth}x${state.canvasHeight}`;
        const market = isMarket(state.frame) ? { market: state.frame } : {};
        const ownSize = state.ownSize ? { own_size: true } : {};
        return { canvas, scale: state.scale / 100, position, margin, ...ownSize, ...market };
    }
    return {
        ...(state.crop ? { crop: true, margin } : {}),
        ...(state.frame === 'none' ? {} : { aspect: state.frame, position }),
    };
}

/** The notation of the options has no exponents and at most four decimals. */
const percent = (/** @type {number} */ value) => `${Math.round(value * 100) / 100}%`;
