/**
 * @file The second decoder: the browser's own, for what Python refuses (AVIF, SVG, ...). HEIC, which
 * few browsers read, has a third one: heif_decoder.js.
 *
 * Decides: how large an SVG without a size is drawn, IMAGE_TOO_LARGE and OUT_OF_MEMORY there,
 * straight alpha.
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
 * @property {string} [profile]  ICC, in Base64; sRGB without.
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
    const loaded = format === 'svg' ? await loadSvg(blob) : await loadBitmap(blob);
    if (!loaded) {
        if (format === 'heic') {
            const { decodeHeif } = await import('./heif_decoder.js'); // few ever need it
            return decodeHeif(blob, maxMegapixels);
        }
        throw offcutError('UNSUPPORTED_FORMAT', 'decode', 'No decoder reads it.', { format });
    }
    const { picture, width, height, close } = loaded;
    try {
        const megapixels = (width * height) / 1e6;
        if (megapixels > maxMegapixels) {
            throw offcutError('IMAGE_TOO_LARGE', 'decode', 'The picture is too large.', {
                megapixels: Math.round(megapixels),
                limit: maxMegapixels,
            });
        }
        return readPixels(picture, width, height);
    } finally {
        close();
    }
}

/**
 * @typedef {object} Loaded
 * @property {ImageBitmap | HTMLImageElement} picture
 * @property {number} width   Pixels to draw it with.
 * @property {number} height
 * @property {() => void} close  Lets go of its memory.
 */

/**
 * @param {Blob} blob
 * @returns {Promise<Loaded | null>}  Null if the browser cannot read it.
 */
async function loadBitmap(blob) {
    try {
        const picture = await createImageBitmap(blob, { premultiplyAlpha: 'none' });
        const { width, height } = picture;
        return { picture, width, height, close: () => picture.close() };
    } catch (error) {
        console.info('not read by this browser:', error);
        return null;
    }
}

/**
 * @param {Blob} blob
 * @returns {Promise<Loaded>}
 */
async function loadSvg(blob) {
    const url = URL.createObjectURL(new Blob([blob], { type: 'image/svg+xml' }));
    try {
        const picture = new Image();
        picture.src = url;
        await picture.decode();
        // A logo is often tiny in its own units and shown large: never below SVG_SIDE.
        const own = Math.max(picture.naturalWidth, picture.naturalHeight, 1);
        const scale = Math.max(1, SVG_SIDE / own);
        const width = Math.round((picture.naturalWidth || SVG_SIDE) * scale);
        const height = Math.round((picture.naturalHeight || SVG_SIDE) * scale);
        return { picture, width, height, close: () => URL.revokeObjectURL(url) };
    } catch (error) {
        URL.revokeObjectURL(url);
        throw offcutError('CORRUPT_IMAGE', 'decode', String(error), { format: 'svg' });
    }
}

/**
 * @param {ImageBitmap | HTMLImageElement} picture
 * @param {number} width
 * @param {number} height
 * @returns {RgbaPixels}
 */
function readPixels(picture, width, height) {
    try {
        const canvas = new OffscreenCanvas(width, height);
        const context = canvas.getContext('2d', { willReadFrequently: true });
        if (!context) throw new RangeError('no canvas of that size');
        context.drawImage(picture, 0, 0, width, height);
        const { data } = context.getImageData(0, 0, width, height);
        return { buffer: /** @type {ArrayBuffer} */ (data.buffer), width, height };
    } catch (error) {
        throw offcutError('OUT_OF_MEMORY', 'decode', String(error));
    }
}
