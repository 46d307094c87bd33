/**
 * @file A folder of the user's that each result goes to as soon as it is made. What is there
 * is no longer kept here, so storage stays flat as well.
 */

import { savedName } from './archive.js';
import { NameBook } from './names.js';

/** @typedef {import('./item.js').Item} Item */

export class FolderTarget {
    #root;
    #names = new NameBook();

    /** @param {FileSystemDirectoryHandle} root */
    constructor(root) {
        this.#root = root;
    }

    get name() {
        return this.#root.name;
    }

    /**
     * Write a result under a name that is free there.
     *
     * @param {Item} item
     * @param {Blob} blob
     * @param {string} pattern  Of file names.
     */
    async put(item, blob, pattern) {
        for (;;) {
            const path = this.#names.take(item.folder, savedName(item, pattern)).split('/');
            const fileName = path.pop() ?? '';
            let folder = this.#root;
            for (const name of path)
                folder = await folder.getDirectoryHandle(name, { create: true });
            if (await exists(folder, fileName)) continue; // from before: never written over
            const handle = await folder.getFileHandle(fileName, { create: true });
            const writable = await handle.createWritable();
            await writable.write(blob);
            await writable.close();
            return;
        }
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
    } catch {
        return false;
    }
}
