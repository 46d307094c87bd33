/**
 * @file The browser's own JPEG decoder, for Python: see py/offcut/jpeg_request.py for why.
 */

/**
 * @typedef {object} DecodedJpeg
 * @property {number} width
 * @property {number} height
 * @property {(pixels: PixelBuffer) => Promise<void>} copyInto  Python's memory must not grow
 *     meanwhile.
 * @property {() => void} close
 */

/**
 * A numpy array of height x width x 4 bytes in Python's memory, as Pyodide shows it.
 *
 * @typedef {{ getBuffer: (type: 'u8') => { data: Uint8Array, release: () => void } }} PixelBuffer
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
    return {
        width,
        height,
        copyInto: (pixels) => copyInto(bitmap, pixels),
        close: () => bitmap.close(),
    };
}

/**
 * Copy in one go: a canvas would draw, read back and copy, and takes more than twice as long.
 *
 * @param {ImageBitmap} bitmap
 * @param {PixelBuffer} pixels
 */
async function copyInto(bitmap, pixels) {
    const frame = new VideoFrame(bitmap, { timestamp: 0 });
    const target = pixels.getBuffer('u8');
    try {
        await frame.copyTo(target.data, { format: 'RGBX' });
    } finally {
        target.release();
        frame.close();
    }
}
