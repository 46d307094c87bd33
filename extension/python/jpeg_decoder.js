/**
 * @file The browser's own JPEG decoder, for Python: see py/offcut/decoding/host_jpeg.py for why.
 *
 * Decides: that colours are not converted, and how pixels get into Python's memory.
 */

/** Pixels are copied in bands of about this many: the frame copies once more in between. */
const BAND_PIXELS = 1 << 19;

/**
 * @typedef {object} DecodedJpeg
 * @property {number} width
 * @property {number} height
 * @property {(pixels: PixelBuffer) => Promise<void>} copyInto
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
 * Copy by a video frame: a canvas would draw, read back and copy, and takes more than twice as long.
 *
 * @param {ImageBitmap} bitmap
 * @param {PixelBuffer} pixels
 */
async function copyInto(bitmap, pixels) {
    const { width, height } = bitmap;
    const rows = Math.max(1, Math.floor(BAND_PIXELS / width));
    const frame = new VideoFrame(bitmap, { timestamp: 0 });
    try {
        for (let top = 0; top < height; top += rows) {
            const rect = { x: 0, y: top, width, height: Math.min(rows, height - top) };
            // Anew each time: in the pauses Python's memory may grow, and be elsewhere then.
            const target = pixels.getBuffer('u8');
            const band = target.data.subarray(top * width * 4);
            await frame.copyTo(band, { rect, format: 'RGBX' }).finally(() => target.release());
        }
    } finally {
        frame.close();
    }
}
