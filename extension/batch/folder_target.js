/**
 * @file A folder of the user's to which each result is written as soon as it is made. The batch
 * does not keep those results, so it does not fill the extension's storage.
 *
 * Decides: names and subfolders there; a file that exists is never overwritten.
 */

import { resultFileName } from './result_name.js';
import { UniqueNames } from './unique_names.js';

/** @typedef {import('./item.js').Item} Item */

export class FolderTarget {
    #root;
    #names = new UniqueNames();

    /** @param {FileSystemDirectoryHandle} root */
    constructor(root) {
        this.#root = root;
    }

    get name() {
        return this.#root.name;
    }

    /**
     * Write a result under a name that is free in the folder.
     *
     * @param {Item} item
     * @param {Blob} blob
     * @param {string} pattern  Of file names.
     */
    async put(item, blob, pattern) {
        for (;;) {
            const path = this.#names.reserve(item.folder, resultFileName(item, pattern)).split('/');
            const fileName = path.pop() ?? '';
            let folder = this.#root;
            for (const name of path)
                folder = await folder.getDirectoryHandle(name, { create: true });
            if (await exists(folder, fileName)) continue; // a file from before is never overwritten
            await write(folder, fileName, blob);
            return;
        }
    }
}

/**
 * Write a whole file, or none: half of one would look like a result.
 *
 * @param {FileSystemDirectoryHandle} folder
 * @param {string} fileName
 * @param {Blob} blob
 */
async function write(folder, fileName, blob) {
    try {
        const handle = await folder.getFileHandle(fileName, { create: true });
        const writable = await handle.createWritable();
        await blob.stream().pipeTo(writable);
    } catch (error) {
        await folder.removeEntry(fileName).catch(() => undefined); // there is none
        throw error;
    }
}

/**
 * @param {FileSystemDirectoryHandle} folder
 * @param {string} name
 */
async function exists(folder, name) {
    try {
        await folder.getFileHandle(name);
        return true;
    } catch (error) {
        // A folder may have that name.
        return error instanceof DOMException && error.name === 'TypeMismatchError';
    }
}
