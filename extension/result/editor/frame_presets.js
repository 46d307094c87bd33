/**
 * @file The frames of a result in the editor: none, an aspect ratio, or a canvas of a given size.
 *
 * Decides: what choosing a market place or a messenger changes in the editor. Which ones there are:
 * settings/shapes.js, py/offcut/options/markets.json.
 */

import { MARKETS } from '../../messages/markets.js';
import {
    isMarket,
    isSticker,
    marketFormat,
    STICKER_OUTLINE,
    STICKERS,
} from '../../settings/shapes.js';

const WHITE = '#ffffff';

/** @typedef {import('../../settings/shapes.js').Market} Market */
/** @typedef {import('../../settings/shapes.js').Messenger} Messenger */
/** @typedef {import('./edit_state.js').EditState} EditState */

/**
 * Whether a frame is a canvas of a given size.
 *
 * @param {string} frame
 */
export function isCanvas(frame) {
    return frame === 'canvas' || isMarket(frame) || isSticker(frame);
}

/**
 * Whether the background is white as market places want it, or like it best.
 *
 * @param {EditState} state
 */
export function isMarketWhite({ frame, backgroundKind, backgroundColor }) {
    return isMarket(frame) && backgroundKind === 'color' && backgroundColor === WHITE;
}

/**
 * What changes in the state when a frame is chosen.
 *
 * @param {string} frame
 * @param {Readonly<EditState>} before
 * @returns {Partial<EditState>}
 */
export function fieldsForFrame(frame, before) {
    if (isSticker(frame))
        return stickerFields(STICKERS[/** @type {Messenger} */ (frame)], frame, before);
    const market = MARKETS[/** @type {Market} */ (frame)];
    const former = withoutFormer(frame, before);
    if (!market) return { ...former, frame };
    return {
        ...former,
        frame,
        canvasWidth: market.width,
        canvasHeight: market.height,
        scale: market.scale * 100,
        positionX: 50,
        positionY: 50,
        backgroundKind: 'color',
        backgroundColor: WHITE,
        format: marketFormat(market, before.format),
    };
}

/**
 * What a frame has brought goes with it: a sticker's outline and limit, a market place's white and
 * JPEG where the picture's own shape is wanted again.
 *
 * @param {string} frame  The new one.
 * @param {Readonly<EditState>} before
 * @returns {Partial<EditState>}
 */
function withoutFormer(frame, before) {
    if (isSticker(before.frame)) return { maxKilobytes: 0, outline: 0 };
    if (frame !== 'none' || !isMarketWhite(before)) return {};
    const format = before.format === 'jpeg' ? 'png' : before.format;
    return { backgroundKind: 'transparent', format };
}

/**
 * @param {(typeof STICKERS)[Messenger]} sticker
 * @param {string} frame
 * @param {Readonly<EditState>} before
 * @returns {Partial<EditState>}
 */
function stickerFields({ side, scale, format, kilobytes }, frame, { outline }) {
    return {
        frame,
        canvasWidth: side,
        canvasHeight: side,
        scale,
        margin: 0,
        positionX: 50,
        positionY: 50,
        output: 'cutout',
        backgroundKind: 'transparent',
        outline: outline || STICKER_OUTLINE,
        format,
        lossless: false,
        maxKilobytes: kilobytes,
    };
}
