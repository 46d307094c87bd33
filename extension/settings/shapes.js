/**
 * @file The shapes that a result can have: a ratio, what a market place asks for, a sticker.
 *
 * Decides: which ratios and messengers there are, their sizes, file types and limits, the outline that
 * a sticker begins with, which file type a market place gets, what a shape means as options. What
 * market places ask for: py/offcut/options/markets.json.
 */

import { MARKETS } from '../messages/markets.js';

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
export const STICKER_OUTLINE = 3;

/** Names of all shapes; `none` is that of the picture. */
export const SHAPES = Object.freeze([
    'none',
    ...ASPECTS,
    ...Object.keys(MARKETS),
    ...Object.keys(STICKERS),
]);

/** @typedef {keyof typeof MARKETS} Market */
/** @typedef {keyof typeof STICKERS} Messenger */

/** @param {unknown} shape */
export function isMarket(shape) {
    return typeof shape === 'string' && shape in MARKETS;
}

/** @param {unknown} shape */
export function isSticker(shape) {
    return typeof shape === 'string' && shape in STICKERS;
}

/**
 * The file type that a market place gets: the chosen one, where it takes that.
 *
 * @template {string} Format
 * @param {{ formats: readonly Format[] }} market
 * @param {string} chosen
 */
export function marketFormat({ formats }, chosen) {
    return formats.find((format) => format === chosen) ?? formats[0];
}

/**
 * What a shape means in the options of a job.
 *
 * @param {string} shape
 * @param {boolean} ownSize  Nothing is enlarged: the canvas gets smaller.
 * @param {string} format
 * @returns {import('../messages/job_types.js').JobOptions}
 */
export function shapeOptions(shape, ownSize, format) {
    if (ASPECTS.includes(shape)) return { aspect: shape };
    const small = ownSize ? { own_size: true } : {};
    const market = MARKETS[/** @type {Market} */ (shape)];
    if (market) {
        const { width, height, scale } = market;
        return { canvas: `${width}x${height}`, scale, market: shape, ...small };
    }
    const sticker = STICKERS[/** @type {Messenger} */ (shape)];
    if (!sticker) return {};
    const { side, scale, kilobytes } = sticker;
    const limit = kilobytes > 0 && format !== 'png' ? { max_kilobytes: kilobytes } : {};
    return { canvas: `${side}x${side}`, scale: scale / 100, ...limit, ...small };
}

/**
 * Which sticker the options of a job are for, as `shapeOptions` gives them.
 *
 * @param {import('../messages/job_types.js').JobOptions} options
 * @returns {string | null}
 */
export function stickerOf({ canvas, scale, max_kilobytes, format }) {
    const found = Object.entries(STICKERS).find(
        ([, sticker]) =>
            canvas === `${sticker.side}x${sticker.side}` &&
            Math.abs(Number(scale) * 100 - sticker.scale) < 0.01 &&
            sticker.format === format &&
            sticker.kilobytes === (max_kilobytes ?? 0),
    );
    return found?.[0] ?? null;
}

/**
 * What changes in the output settings when a shape is chosen.
 *
 * @param {string} shape
 * @param {Readonly<import('./output_settings.js').OutputSettings>} before
 * @returns {Partial<import('./output_settings.js').OutputSettings>}
 */
export function settingsForShape(shape, before) {
    const market = MARKETS[/** @type {Market} */ (shape)];
    if (market) return { shape, background: 'white', format: marketFormat(market, before.format) };
    const sticker = STICKERS[/** @type {Messenger} */ (shape)];
    if (!sticker) return { shape };
    const { format } = sticker;
    const outline = before.outline || STICKER_OUTLINE;
    return {
        shape,
        background: 'transparent',
        format: /** @type {'webp' | 'png'} */ (format),
        outline,
    };
}
