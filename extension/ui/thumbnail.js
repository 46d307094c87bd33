/**
 * @file Makes and shows thumbnails, so that a list does not hold full-size pictures.
 *
 * Decides: how large they are, and what has none (SVG, and whatever the browser cannot show: TIFF, HEIC).
 */

/** Pixels of the longer side: twice the size shown in lists, for screens with a high density. */
const SIDE = 128;

/**
 * Make a thumbnail.
 *
 * @param {Blob} blob
 * @param {number} [side]  Pixels of the longer side at most.
 * @returns {Promise<Blob | null>}  WebP; null if the browser cannot show the picture.
 */
export async function makeThumbnail(blob, side = SIDE) {
    try {
        const whole = await createImageBitmap(blob);
        const scale = Math.min(1, side / Math.max(whole.width, whole.height));
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
 * Show the thumbnail of a picture in an image, and free the memory of the former one.
 *
 * @param {HTMLImageElement} image
 * @param {Blob} blob
 * @param {number} [side]  Pixels of the longer side at most.
 */
export async function showThumbnail(image, blob, side = SIDE) {
    const small = await makeThumbnail(blob, side);
    if (image.src) URL.revokeObjectURL(image.src);
    image.hidden = small === null;
    if (small) image.src = URL.createObjectURL(small);
}
