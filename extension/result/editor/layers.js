/**
 * @file Layers for the stage: the original, a preview, or the finished file.
 *
 * Decides: how many pixels are shown of a large picture, and an SVG without a size.
 */

/** @typedef {import('./paint_stage.js').Layer} Layer */
/** @typedef {import('./view_geometry.js').Box} Box */
/** @typedef {import('../../messages/edit_types.js').EditPreview} EditPreview */

/** Larger pictures are shown with fewer pixels, to leave memory for the engine. */
const MOST_PIXELS = 16e6;

/**
 * The original, upright.
 *
 * @param {HTMLImageElement} element  Shows it.
 * @param {import('./view_geometry.js').Size} [source]  Its size in the engine, if known; an SVG
 *     may have no size of its own.
 * @returns {Promise<Layer>}
 */
export async function originalLayer(element, source) {
    const { naturalWidth, naturalHeight } = element;
    const { width, height } = source ?? { width: naturalWidth, height: naturalHeight };
    const box = { left: 0, top: 0, width, height };
    try {
        const image = await createImageBitmap(element, limitPixels(naturalWidth, naturalHeight));
        return { image, width: image.width, box };
    } catch {
        return { image: element, width: naturalWidth || width, box }; // an SVG without a size
    }
}

/**
 * @param {Blob} blob  The finished file.
 * @param {number} width
 * @param {number} height
 * @param {Box} box
 * @returns {Promise<Layer>}
 */
export async function fileLayer(blob, width, height, box) {
    const image = await createImageBitmap(blob, limitPixels(width, height));
    return { image, width: image.width, box };
}

/**
 * @param {EditPreview} preview
 * @returns {Layer}
 */
export function previewLayer({ pixels, width, height, frame }) {
    const image = new OffscreenCanvas(width, height);
    image.getContext('2d')?.putImageData(new ImageData(pixels, width, height), 0, 0);
    return { image, width, box: frame };
}

/**
 * Free a layer's memory at once, not when the garbage collector runs.
 *
 * @param {Layer | null} layer
 */
export function closeLayer(layer) {
    if (layer?.image instanceof ImageBitmap) layer.image.close();
}

/**
 * @param {number} width
 * @param {number} height
 * @returns {ImageBitmapOptions}
 */
function limitPixels(width, height) {
    const factor = Math.sqrt(MOST_PIXELS / (width * height));
    if (!(factor < 1)) return {};
    return { resizeWidth: Math.round(width * factor), resizeQuality: 'high' };
}
