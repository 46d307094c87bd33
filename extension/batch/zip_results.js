/**
 * @file All results as one ZIP, written as a stream: each picture is read from the disk and
 * written to the disk before the next one. Stored without compression, since pictures are
 * compressed already.
 *
 * Decides: the names in the archive (pattern of the settings, folders kept), their dates, their
 * order.
 */

import { makeZip } from '../vendor/client-zip/index.js';
import { resultFileName } from './result_name.js';
import { UniqueNames } from './unique_names.js';

/** @typedef {import('./item.js').Item} Item */

/**
 * @param {readonly Item[]} items  Finished ones, in the order of the archive.
 * @param {(item: Item) => Promise<Blob | null>} readResult  Null leaves it out.
 * @param {string} pattern  Of file names, from the settings.
 * @param {(count: number) => void} onProgress  Told how many are in the archive.
 * @returns {ReadableStream<Uint8Array<ArrayBuffer>>}
 */
export function zipResults(items, readResult, pattern, onProgress) {
    const names = new UniqueNames();
    async function* entries() {
        for (const [index, item] of items.entries()) {
            const input = await readResult(item);
            if (!input) continue;
            const name = names.reserve(item.folder, resultFileName(item, pattern));
            yield { name, input, size: input.size, lastModified: new Date() };
            onProgress(index + 1);
        }
    }
    return makeZip(entries(), { buffersAreUTF8: true });
}
