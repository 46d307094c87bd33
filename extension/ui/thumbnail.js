/**
 * @file Small copies of pictures, so that a list does not hold full-size ones.
 */

/** Pixels of the longer side: twice what is shown, for dense screens. */
const SIDE = 128;

/**
 * Make a small copy.
 *
 * @param {Blob} blob
 * @returns {Promise<Blob | null>}  WebP; null for what the browser cannot show.
 */
export async function makeThumbnail(blob) {
    try {
        const whole = await createImageBitmap(blob);
        const scale = Math.min(1, SIDE / Math.max(whole.width, whole.height));
        const width = Math.max(1, Math.round(whole.width * scale));
        const height = Math.max(1, Math.round(whole.height * scale));
        const canvas = new OffscreenCanvas(width, height);
        const context = canvas.getContext('2d');
        if (context) context.imageSmoothingQuality = 'high';
        context?.drawImage(whole, 0, 0, width, height);
        whole.close();
        return await canvas.convertToBlob({ type: 'image/webp', quality: 0.8 });
    } catch {
        return null; // an SVG, a TIFF, or no picture at all
    }
}

/**
 * Show a small copy in an image; the former one's memory is let go.
 *
 * @param {HTMLImageElement} image
 * @param {Blob} blob
 */
export async function showThumbnail(image, blob) {
    const small = await makeThumbnail(blob);
    if (image.src) URL.revokeObjectURL(image.src);
    image.hidden = small === null;
    if (small) image.src = URL.createObjectURL(small);
}
