/**
 * @file The files of weights in the origin's private file system (OPFS).
 *
 * Decides: where weights lie on the disk, their names, what "remove" deletes, how a model of the
 * user's is remembered.
 *
 * There a worker can write in place and flush, so what has arrived is still there after a
 * crash. And 88 MB are written five to ten times as fast as to the Cache API, and read three
 * times as fast (models/README.md has the figures).
 *
 * A file is named by its SHA-256: `<sha256>.part` while it arrives, `<sha256>.onnx` when every
 * byte has been verified. `<sha256>.json` describes a model that the registry does not know.
 */

import { DiskPart } from './part_file.js';

const FOLDER = 'models';
/** Pauses before further tries of a locked file: a worker that was ended lets go of it by then. */
const LOCKED_MS = [20, 50, 100, 200, 400, 800, 1600];

/** @typedef {import('../messages/model_types.js').StoredFile} StoredFile */
/** @typedef {import('../messages/model_types.js').ModelEntry} ModelEntry */

/** @returns {Promise<StoredFile[]>} */
export async function listFiles() {
    const folder = await openFolder(false);
    if (!folder) return [];
    /** @type {StoredFile[]} */
    const files = [];
    for await (const [name, handle] of folder.entries()) {
        const [sha256 = '', ending] = name.split('.');
        if (handle.kind !== 'file' || (ending !== 'onnx' && ending !== 'part')) continue;
        const { size, lastModified } = await /** @type {FileSystemFileHandle} */ (handle).getFile();
        const isWhole = ending === 'onnx';
        files.push({ sha256, bytes: size, isWhole, kept: 'disk', storedAt: lastModified });
    }
    return files;
}

/** @returns {Promise<ModelEntry[]>}  Models from the user's own files, as the user described them. */
export async function readDescriptions() {
    const folder = await openFolder(false);
    if (!folder) return [];
    /** @type {ModelEntry[]} */
    const entries = [];
    for await (const [name, handle] of folder.entries()) {
        if (!name.endsWith('.json')) continue;
        const file = await /** @type {FileSystemFileHandle} */ (handle).getFile();
        entries.push(JSON.parse(await file.text()));
    }
    return entries;
}

/** @param {ModelEntry} entry */
export async function writeDescription(entry) {
    const folder = await requireFolder();
    const file = await folder.getFileHandle(`${entry.sha256}.json`, { create: true });
    const handle = await outlastLock(() => file.createSyncAccessHandle());
    handle.truncate(0);
    handle.write(new TextEncoder().encode(JSON.stringify(entry)), { at: 0 });
    handle.flush();
    handle.close();
}

/**
 * Open what has arrived of a file, or create it.
 *
 * @param {string} sha256
 * @returns {Promise<import('./part_file.js').PartFile>}
 * @throws {DOMException}  Where there is no such file system, as in some private windows.
 */
export async function openPart(sha256) {
    const folder = await requireFolder();
    const file = await folder.getFileHandle(`${sha256}.part`, { create: true });
    return new DiskPart(await outlastLock(() => file.createSyncAccessHandle()));
}

/**
 * Give a file its final name when it is whole and verified.
 *
 * @param {string} sha256
 */
export async function finishPart(sha256) {
    const folder = await requireFolder();
    const file = await folder.getFileHandle(`${sha256}.part`);
    // Renaming within a folder is atomic, so a file with this name is always whole.
    await /** @type {any} */ (file).move(`${sha256}.onnx`);
}

/**
 * @param {string} sha256
 * @returns {Promise<ArrayBuffer | null>}  Null if there is no such file.
 */
export async function readWhole(sha256) {
    const folder = await openFolder(false);
    const file = await folder?.getFileHandle(`${sha256}.onnx`).catch(() => null);
    if (!file) return null;
    const handle = await outlastLock(() => file.createSyncAccessHandle());
    const bytes = new ArrayBuffer(handle.getSize());
    handle.read(bytes, { at: 0 });
    handle.close();
    return bytes;
}

/**
 * Remove all that belongs to a file, and the folder if it is empty then.
 *
 * @param {string} sha256
 * @throws {DOMException}  NoModificationAllowedError: another tab or worker does not let go of it.
 */
export async function removeFile(sha256) {
    const folder = await openFolder(false);
    if (!folder) return;
    for (const ending of ['part', 'onnx', 'json']) {
        await outlastLock(() => folder.removeEntry(`${sha256}.${ending}`)).catch((error) => {
            if (error.name !== 'NotFoundError') throw error;
        });
    }
    for await (const _ of folder.keys()) return;
    await (await navigator.storage.getDirectory()).removeEntry(FOLDER);
}

/**
 * A file is locked while a worker works on it, and for a moment after that worker was ended.
 *
 * @template T
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
async function outlastLock(work) {
    for (const pause of LOCKED_MS) {
        try {
            return await work();
        } catch (error) {
            const isLocked =
                error instanceof DOMException && error.name === 'NoModificationAllowedError';
            if (!isLocked) throw error;
        }
        await new Promise((resolve) => setTimeout(resolve, pause));
    }
    return work();
}

async function requireFolder() {
    return /** @type {FileSystemDirectoryHandle} */ (await openFolder(true));
}

/** @param {boolean} create */
async function openFolder(create) {
    try {
        const root = await navigator.storage.getDirectory();
        return await root.getDirectoryHandle(FOLDER, { create });
    } catch (error) {
        if (create) throw error;
        return null;
    }
}
