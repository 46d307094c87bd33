/**
 * @file The browser's own JPEG decoder, for Python: see py/offcut/jpeg_request.py for why.
 */

/** Pixels are read back in bands of about this many, so that they are never here whole. */
const BAND_PIXELS = 1 << 21;

/**
 * @typedef {object} DecodedJpeg
 * @property {number} width
 * @property {number} height
 * @property {(pixels: PixelBuffer) => void} copyInto
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
 * @param {ImageBitmap} bitmap
 * @param {PixelBuffer} pixels
 */
function copyInto(bitmap, pixels) {
    const { width, height } = bitmap;
    const rows = Math.min(height, Math.max(1, Math.floor(BAND_PIXELS / width)));
    // Read back for every band, so the canvas must lie in the CPU's memory.
    const canvas = new OffscreenCanvas(width, rows);
    const context = canvas.getContext('2d', { alpha: false, willReadFrequently: true });
    if (!context) throw new RangeError(`no canvas of ${width} x ${rows}`);
    const target = pixels.getBuffer('u8');
    try {
        for (let top = 0; top < height; top += rows) {
            context.drawImage(bitmap, 0, -top);
            const band = context.getImageData(0, 0, width, Math.min(rows, height - top));
            target.data.set(band.data, top * width * 4);
        }
    } finally {
        target.release();
    }
}
