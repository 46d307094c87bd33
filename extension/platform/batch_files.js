/**
 * @file The files of the workbench's batch, in the extension's own storage (OPFS): the one
 * place where pictures are ever put down, so that a crash loses nothing.
 *
 * In a private window the browser keeps this storage in memory, and it is erased with the
 * page all the same.
 */

import { api } from './browser.js';

const FOLDER = 'batch';
/** Files that the popup hands to the workbench. */
const INBOX = 'inbox';
const QUEUE = 'queue.json';
/** Held by the page that shows the batch. */
export const BATCH_LOCK = 'batch';
/** Held by the popup while its file dialogue is open. */
export const CHOOSING_LOCK = 'choosing';
/** Fires when a batch has to be looked after though no page is open. */
export const BATCH_ALARM = 'batch';
/** A batch that nobody touches is erased after a day. */
export const BATCH_LIFE_MS = 24 * 60 * 60 * 1000;
/** A download that was begun has read its file by then. */
const SAVED_LIFE_MS = 60_000;

/**
 * What is known of a batch without looking at its pictures.
 *
 * @typedef {object} BatchHead
 * @property {number} touched  When it was changed last, in ms since 1970.
 * @property {boolean} saved   Nothing in it is unfinished or unsaved.
 */

/** @param {string} [folder] */
export async function batchFolder(folder = FOLDER) {
    const root = await navigator.storage.getDirectory();
    return root.getDirectoryHandle(folder, { create: true });
}

/**
 * Write a file as a whole: it is there in full or, after a crash, as it was before.
 *
 * @param {FileSystemDirectoryHandle} folder
 * @param {string} name
 * @param {Blob | string | ReadableStream<Uint8Array<ArrayBuffer>>} content
 * @throws {DOMException}  QuotaExceededError.
 */
export async function writeFile(folder, name, content) {
    const handle = await folder.getFileHandle(name, { create: true });
    const writable = await handle.createWritable();
    if (content instanceof ReadableStream) {
        await content.pipeTo(writable);
        return;
    }
    try {
        await writable.write(content);
    } catch (error) {
        await writable.abort();
        throw error;
    }
    await writable.close();
}

/**
 * @param {FileSystemDirectoryHandle} folder
 * @param {string} name
 * @returns {Promise<File | null>}  Its bytes stay on the disk until they are read.
 */
export async function readFile(folder, name) {
    try {
        return await (await folder.getFileHandle(name)).getFile();
    } catch {
        return null;
    }
}

/**
 * @param {FileSystemDirectoryHandle} folder
 * @param {string} name
 */
export async function removeFile(folder, name) {
    await folder.removeEntry(name).catch(() => undefined); // it is not there
}

/**
 * The description of the batch, as the workbench wrote it.
 *
 * @returns {Promise<any>}  Null if there is none, or none that can be read.
 */
export async function readQueue() {
    const file = await readFile(await batchFolder(), QUEUE);
    try {
        return file ? JSON.parse(await file.text()) : null;
    } catch {
        return null;
    }
}

/** @param {BatchHead} queue  And whatever else describes it; plain data. */
export async function writeQueue(queue) {
    await writeFile(await batchFolder(), QUEUE, JSON.stringify(queue));
}

/** Remove the batch with all its pictures. */
export async function eraseBatch() {
    const root = await navigator.storage.getDirectory();
    for (const folder of [FOLDER, INBOX]) {
        await root.removeEntry(folder, { recursive: true }).catch(() => undefined);
    }
    await api.alarms.clear(BATCH_ALARM);
}

/**
 * Has the batch to go, when no page shows it?
 *
 * @param {BatchHead | null} queue
 */
export function isBatchOver(queue) {
    if (!queue || api.extension.inIncognitoContext) return true;
    const age = Date.now() - queue.touched;
    return age > (queue.saved ? SAVED_LIFE_MS : BATCH_LIFE_MS);
}

/**
 * Hand files to the workbench, which may not be open yet.
 *
 * @param {File[]} files
 */
export async function putInInbox(files) {
    const folder = await batchFolder(INBOX);
    for (const [index, file] of files.entries()) {
        await writeFile(
            folder,
            `${Date.now()}-${String(index).padStart(4, '0')} ${file.name}`,
            file,
        );
    }
}

/** @returns {Promise<{ file: File, done: () => Promise<void> }[]>}  `done` removes the file. */
export async function filesOfInbox() {
    const folder = await batchFolder(INBOX);
    /** @type {{ file: File, done: () => Promise<void> }[]} */
    const files = [];
    for await (const name of folder.keys()) {
        const stored = await readFile(folder, name);
        if (!stored) continue;
        const file = new File([stored], name.replace(/^\S+ /, ''), { type: stored.type });
        files.push({ file, done: () => removeFile(folder, name) });
    }
    return files.sort((a, b) => a.file.lastModified - b.file.lastModified);
}
