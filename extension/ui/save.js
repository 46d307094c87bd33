/**
 * @file Saves a picture from a page: as a file, or to the clipboard.
 *
 * Decides: that every copy is PNG, and how long a download's bytes are held. Files without a page
 * are saved by background/finish.js.
 */

import { saveAddress } from '../platform/save_file.js';
import { text } from './i18n.js';

/** @typedef {import('../platform/save_file.js').SaveOutcome} SaveOutcome */

/**
 * Save a file, and wait until the browser says what became of it. A dialogue that asks where to
 * put it may stand open for as long as it likes.
 *
 * @param {Blob} blob
 * @param {string} fileName
 * @returns {Promise<SaveOutcome>}
 */
export async function saveFile(blob, fileName) {
    const url = URL.createObjectURL(blob);
    try {
        return await saveAddress(url, fileName);
    } finally {
        URL.revokeObjectURL(url);
    }
}

/**
 * What a person is told of a file that was not saved; nothing if it was, or if they cancelled.
 *
 * @param {SaveOutcome} outcome
 */
export function saveProblem(outcome) {
    return outcome.state === 'failed' ? text(`save_failed_${outcome.why}`) : '';
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
