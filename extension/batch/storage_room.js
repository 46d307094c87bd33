/**
 * @file Writes a file of the batch where the disk may be full.
 */

import { batchFolder, isStorageFull, writeFile } from '../platform/batch_files.js';

/**
 * @param {string} name
 * @param {Blob} blob
 * @param {() => Promise<boolean>} makeRoom  Lets go of what can be spared; whether there was any.
 * @throws {DOMException}  QuotaExceededError.
 */
export async function putWithRoom(name, blob, makeRoom) {
    const folder = await batchFolder();
    try {
        await writeFile(folder, name, blob);
    } catch (error) {
        if (!isStorageFull(error) || !(await makeRoom())) throw error;
        await writeFile(folder, name, blob);
    }
}
