/**
 * @file Out of the page: download and clipboard.
 */

import { cutoutFileName } from '../settings/file_name.js';

/**
 * @param {Blob} blob
 * @param {string} name  Of the picture, without suffix.
 */
export function download(blob, name) {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(blob);
    link.download = cutoutFileName(name);
    link.click();
    // The download has its own hold on the bytes once it has begun.
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/**
 * Put a real image/png on the clipboard, not its text.
 *
 * @param {Blob} blob
 */
export async function copyPng(blob) {
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': blob })]);
}
