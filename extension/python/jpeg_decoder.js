/**
 * @file The browser's own JPEG decoder, for Python: see py/offcut/jpeg_request.py for why.
 */

/**
 * @typedef {object} DecodedJpeg
 * @property {number} width
 * @property {number} height
 * @property {(top: number, count: number) => Uint8ClampedArray} rows  RGBX, 4 bytes a pixel.
 * @property {() => void} close
 */

/**
 * Decode a JPEG that holds nothing but pixels: no orientation, no profile.
 *
 * @param {Uint8Array<ArrayBuffer>} data
 * @returns {Promise<DecodedJpeg>}
 */
export async function openJpeg(data) {
    const bitmap = await createImageBitmap(new Blob([data], { type: 'image/jpeg' }), {
        colorSpaceConversion: 'none',
        premultiplyAlpha: 'none',
    });
    const { width, height } = bitmap;
    /** @type {OffscreenCanvasRenderingContext2D | null} */
    let context = null;
    return {
        width,
        height,
        rows(top, count) {
            context ??= bandCanvas(width, count);
            context.drawImage(bitmap, 0, -top);
            return context.getImageData(0, 0, width, count).data;
        },
        close: () => bitmap.close(),
    };
}

/**
 * A canvas as high as the first band, which is the highest.
 *
 * @param {number} width
 * @param {number} height
 */
function bandCanvas(width, height) {
    const canvas = new OffscreenCanvas(width, height);
    // Read back for every band, so it must lie in the CPU's memory.
    const context = canvas.getContext('2d', { alpha: false, willReadFrequently: true });
    if (!context) throw new RangeError(`no canvas of ${width} x ${height}`);
    return context;
}
