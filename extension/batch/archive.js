/**
 * @file All results as one ZIP, written as a stream: one picture after the other goes from
 * disk to disk. Stored, since pictures are compressed already.
 */

import { outputFileName, pictureName } from '../settings/file_name.js';
import { makeZip } from '../vendor/client-zip/index.js';
import { NameBook } from './names.js';

/** @typedef {import('./item.js').Item} Item */

/**
 * @param {readonly Item[]} items  Those that are done, in the order of the archive.
 * @param {(item: Item) => Promise<Blob | null>} resultOf
 * @param {string} pattern  Of file names, from the settings.
 * @param {(count: number) => void} onProgress  Told how many are in.
 * @returns {ReadableStream<Uint8Array<ArrayBuffer>>}
 */
export function archiveOf(items, resultOf, pattern, onProgress) {
    const names = new NameBook();
    async function* entries() {
        for (const [index, item] of items.entries()) {
            const input = await resultOf(item);
            if (!input) throw new Error(`the result of ${item.fileName} is gone`);
            const name = names.take(item.folder, savedName(item, pattern));
            yield { name, input, size: input.size, lastModified: new Date() };
            onProgress(index + 1);
        }
    }
    return makeZip(entries(), { buffersAreUTF8: true });
}

/**
 * The name of a result, without its folders.
 *
 * @param {Item} item
 * @param {string} pattern
 */
export function savedName({ fileName, made }, pattern) {
    const { mediaType = 'image/png', width = 0, height = 0 } = made ?? {};
    return outputFileName(pattern, { name: pictureName(fileName), mediaType, width, height });
}
