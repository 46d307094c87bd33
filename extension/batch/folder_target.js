/**
 * @file A folder of the user's to which each result is written as soon as it is made.
 *
 * Decides: names and subfolders there; that no file is overwritten but the former result of the same
 * picture, as long as nobody else has changed that.
 */

import { resultFileName } from './result_name.js';
import { UniqueNames } from './unique_names.js';

/** @typedef {import('./item.js').Item} Item */

/**
 * A file that was written here, and how it was left.
 *
 * @typedef {object} Written
 * @property {FileSystemDirectoryHandle} folder
 * @property {string} fileName
 * @property {number} size
 * @property {number} lastModified
 */

export class FolderTarget {
    #root;
    #names = new UniqueNames();
    /** @type {Map<string, Written>} By item: the file of its former result. */
    #written = new Map();

    /** @param {FileSystemDirectoryHandle} root */
    constructor(root) {
        this.#root = root;
    }

    get name() {
        return this.#root.name;
    }

    /** @param {FolderTarget} other */
    isSame(other) {
        return this.#root.isSameEntry(other.#root);
    }

    /**
     * Write a result in place of the former one of the same picture, else under a name that is free
     * in the folder.
     *
     * @param {Item} item
     * @param {Blob} blob
     * @param {string} pattern  Of file names.
     */
    async put(item, blob, pattern) {
        const wanted = resultFileName(item, pattern);
        const former = this.#written.get(item.id);
        const isOurs = former !== undefined && (await isUnchanged(former));
        const isKept = isOurs && suffixOf(former.fileName) === suffixOf(wanted);
        const place = isKept ? former : await this.#freePlace(item.folder, wanted);
        await write(place, blob);
        this.#written.set(item.id, await lookAt(place));
        if (isOurs && !isKept) await former.folder.removeEntry(former.fileName);
    }

    /**
     * @param {readonly string[]} above  Folders around the file, the outermost first.
     * @param {string} wanted
     */
    async #freePlace(above, wanted) {
        for (;;) {
            const path = this.#names.reserve(above, wanted).split('/');
            const fileName = path.pop() ?? '';
            let folder = this.#root;
            for (const name of path)
                folder = await folder.getDirectoryHandle(name, { create: true });
            if (!(await exists(folder, fileName))) return { folder, fileName };
        }
    }
}

/** @typedef {Pick<Written, 'folder' | 'fileName'>} Place */

/**
 * @param {Place} place
 * @returns {Promise<Written>}
 */
async function lookAt({ folder, fileName }) {
    const { size, lastModified } = await (await folder.getFileHandle(fileName)).getFile();
    return { folder, fileName, size, lastModified };
}

/** @param {Written} written */
async function isUnchanged(written) {
    try {
        const { size, lastModified } = await lookAt(written);
        return size === written.size && lastModified === written.lastModified;
    } catch {
        return false; // it was moved, renamed or removed
    }
}

/** @param {string} fileName */
function suffixOf(fileName) {
    return fileName.slice(fileName.lastIndexOf('.'));
}

/**
 * Write a whole file, or leave what was there: half of one would look like a result.
 *
 * @param {Place} place
 * @param {Blob} blob
 */
async function write({ folder, fileName }, blob) {
    const isNew = !(await exists(folder, fileName));
    try {
        const handle = await folder.getFileHandle(fileName, { create: true });
        const writable = await handle.createWritable();
        await blob.stream().pipeTo(writable);
    } catch (error) {
        if (isNew) await folder.removeEntry(fileName).catch(() => undefined); // there is none
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
