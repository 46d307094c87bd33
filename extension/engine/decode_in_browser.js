/**
 * @file The second decoder: the browser's own, for what Python refuses (AVIF, SVG, ...).
 *
 * Pillow comes first so that the same bytes give the same cut-out everywhere. Only a
 * failure with the code UNSUPPORTED_FORMAT and `browser: 1` in its detail leads here.
 */

import { offcutError } from '../messages/failure.js';

/** An SVG without a size of its own is drawn this large, in pixels. */
const SVG_SIDE = 1024;

/**
 * @typedef {object} RgbaPixels
 * @property {ArrayBuffer} buffer  Straight (not premultiplied) RGBA, row by row.
 * @property {number} width
 * @property {number} height
 */

/**
 * Decode a picture to straight RGBA, upright.
 *
 * @param {Blob} blob
 * @param {import('../messages/failure.js').Failure} refusal  Why Python did not take it.
 * @param {number} maxMegapixels
 * @returns {Promise<RgbaPixels>}
 */
export async function decodeInBrowser(blob, refusal, maxMegapixels) {
    const format = String(refusal.detail.format);
    const bitmap = format === 'svg' ? await drawSvg(blob) : await decodeBitmap(blob, format);
    try {
        const megapixels = (bitmap.width * bitmap.height) / 1e6;
        if (megapixels > maxMegapixels) {
            throw offcutError('IMAGE_TOO_LARGE', 'decode', 'The picture is too large.', {
                megapixels: Math.round(megapixels),
                limit: maxMegapixels,
            });
        }
        return readPixels(bitmap);
    } finally {
        bitmap.close();
    }
}

/**
 * @param {Blob} blob
 * @param {string} format
 */
async function decodeBitmap(blob, format) {
    try {
        return await createImageBitmap(blob, {
            premultiplyAlpha: 'none',
            colorSpaceConversion: 'default',
        });
    } catch (error) {
        throw offcutError('UNSUPPORTED_FORMAT', 'decode', String(error), { format });
    }
}

/** @param {Blob} blob */
async function drawSvg(blob) {
    const url = URL.createObjectURL(new Blob([blob], { type: 'image/svg+xml' }));
    try {
        const image = new Image();
        image.src = url;
        await image.decode();
        const width = image.naturalWidth || SVG_SIDE;
        const height = image.naturalHeight || SVG_SIDE;
        // A logo is often tiny in its own units and drawn large: never below SVG_SIDE.
        const scale = Math.max(1, SVG_SIDE / Math.max(width, height));
        return await createImageBitmap(image, {
            resizeWidth: Math.round(width * scale),
            resizeHeight: Math.round(height * scale),
            resizeQuality: 'high',
        });
    } catch (error) {
        throw offcutError('CORRUPT_IMAGE', 'decode', String(error), { format: 'svg' });
    } finally {
        URL.revokeObjectURL(url);
    }
}

/** @param {ImageBitmap} bitmap */
function readPixels(bitmap) {
    const { width, height } = bitmap;
    const context = new OffscreenCanvas(width, height).getContext('2d', {
        willReadFrequently: true,
    });
    if (!context) throw offcutError('OUT_OF_MEMORY', 'decode', 'No canvas of that size.');
    context.drawImage(bitmap, 0, 0);
    const { data } = context.getImageData(0, 0, width, height);
    return { buffer: /** @type {ArrayBuffer} */ (data.buffer), width, height };
}
