/**
 * @file Saves a picture from a page: as a file, or to the clipboard.
 *
 * Decides: that every copy is PNG, and how long a download's bytes are held. Files without a page
 * are saved by background/finish.js.
 */

/** By then the browser holds the bytes of a download itself. */
const RELEASE_MS = 60_000;

/**
 * Download a file.
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
 * Copy a picture to the clipboard, as PNG since every program takes that.
 *
 * @param {Blob | Promise<Blob>} blob
 */
export async function copyPicture(blob) {
    // A promise, since the browser allows the clipboard only right after the click.
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': toPng(blob) })]);
}

/** @param {Blob | Promise<Blob>} picture */
async function toPng(picture) {
    const blob = await picture;
    if (blob.type === 'image/png') return blob;
    const bitmap = await createImageBitmap(blob);
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
    canvas.getContext('2d')?.drawImage(bitmap, 0, 0);
    bitmap.close();
    return canvas.convertToBlob({ type: 'image/png' });
}
