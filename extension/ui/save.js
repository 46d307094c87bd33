/**
 * @file Out of a page: as a file, or to the clipboard.
 */

/** The browser has its own hold on the bytes of a download by then. */
const RELEASE_MS = 60_000;

/**
 * Give a file to the browser's downloads.
 *
 * @param {Blob} blob
 * @param {string} fileName
 */
export function downloadFile(blob, fileName) {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(blob);
    link.download = fileName;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), RELEASE_MS);
}

/**
 * Put a picture on the clipboard, as PNG since that is what every program takes.
 *
 * @param {Blob | Promise<Blob>} blob
 */
export async function copyPicture(blob) {
    // A promise, so that the clipboard is asked while the click still counts.
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': asPng(blob) })]);
}

/** @param {Blob | Promise<Blob>} picture */
async function asPng(picture) {
    const blob = await picture;
    if (blob.type === 'image/png') return blob;
    const bitmap = await createImageBitmap(blob);
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
    canvas.getContext('2d')?.drawImage(bitmap, 0, 0);
    bitmap.close();
    return canvas.convertToBlob({ type: 'image/png' });
}
