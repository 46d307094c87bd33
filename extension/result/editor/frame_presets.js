/**
 * @file The frames of a result: none, an aspect ratio, or a canvas of a given size.
 *
 * Decides: which ratios and messengers there are, their sizes, file types and limits, what choosing a
 * market place or a messenger changes, the outline that a sticker begins with. What market places ask
 * for: py/offcut/options/markets.json.
 */

import { MARKETS } from '../../messages/facts.js';

/** Aspect ratios, in the notation of the options. */
export const ASPECTS = Object.freeze(['1:1', '4:5', '16:9']);

/**
 * What messengers take as a sticker: pixels, share of them that is filled, file type, and how heavy
 * the file may be. As their own pages for makers of stickers said in November 2026; WhatsApp also
 * asks for 16 pixels around.
 */
export const STICKERS = Object.freeze({
    whatsapp: { side: 512, scale: 93, format: 'webp', kilobytes: 100 },
    telegram: { side: 512, scale: 100, format: 'webp', kilobytes: 512 },
    signal: { side: 512, scale: 93, format: 'webp', kilobytes: 300 },
    // So small a PNG is never heavier than Discord's 512 kB.
    discord: { side: 320, scale: 100, format: 'png', kilobytes: 0 },
});

/** Per cent of the subject. */
const OUTLINE = 3;

const WHITE = '#ffffff';

/** @typedef {keyof typeof MARKETS} Market */
/** @typedef {keyof typeof STICKERS} Messenger */
/** @typedef {import('./edit_state.js').EditState} EditState */

/**
 * Whether a frame is a canvas of a given size.
 *
 * @param {string} frame
 */
export function isCanvas(frame) {
    return frame === 'canvas' || isMarket(frame) || isSticker(frame);
}

/** @param {unknown} frame */
export function isMarket(frame) {
    return typeof frame === 'string' && frame in MARKETS;
}

/** @param {string} frame */
export function isSticker(frame) {
    return frame in STICKERS;
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
    // What a sticker has brought goes with it.
    const former = isSticker(before.frame) ? { maxKilobytes: 0, outline: 0 } : {};
    if (!market) return { ...former, frame };
    const isTaken = market.formats.some((format) => format === before.format);
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
        format: isTaken ? before.format : market.formats[0],
    };
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
        outline: outline || OUTLINE,
        format,
        lossless: false,
        maxKilobytes: kilobytes,
    };
}
