/**
 * @file The frames of a result: none, an aspect ratio, or a canvas of a given size.
 *
 * Decides: which ratios and market places there are, their sizes and white background.
 */

/** Aspect ratios, in the notation of the options. */
export const ASPECTS = Object.freeze(['1:1', '4:5', '16:9']);

/** What market places require of product pictures; all of them require a white background. */
export const MARKETS = Object.freeze({
    amazon: { width: 2000, height: 2000, scale: 85 },
    ebay: { width: 1600, height: 1600, scale: 85 },
    shopify: { width: 2048, height: 2048, scale: 85 },
});

const WHITE = '#ffffff';

/** @typedef {keyof typeof MARKETS} Market */

/**
 * Whether a frame is a canvas of a given size.
 *
 * @param {string} frame
 */
export function isCanvas(frame) {
    return frame === 'canvas' || frame in MARKETS;
}

/**
 * Whether the background is white because a market place wants it so.
 *
 * @param {import('./edit_state.js').EditState} state
 */
export function isMarketWhite({ frame, backgroundKind, backgroundColor }) {
    return frame in MARKETS && backgroundKind === 'color' && backgroundColor === WHITE;
}

/**
 * What changes in the state when a frame is chosen.
 *
 * @param {string} frame
 * @returns {Partial<import('./edit_state.js').EditState>}
 */
export function fieldsForFrame(frame) {
    const market = MARKETS[/** @type {Market} */ (frame)];
    if (!market) return { frame };
    return {
        frame,
        canvasWidth: market.width,
        canvasHeight: market.height,
        scale: market.scale,
        positionX: 50,
        positionY: 50,
        backgroundKind: 'color',
        backgroundColor: WHITE,
    };
}
