/**
 * @file The files of the workbench's batch, in the origin's private file system (OPFS). Pictures
 * are stored nowhere else; here they are, so that a crash loses nothing.
 *
 * Decides: when a batch is erased (a day unchanged, as soon as the browser has saved all, at once in
 * private windows), what a damaged description costs (nothing: there is a second one), whose
 * description this version reads, and files that the popup leaves in the inbox.
 *
 * In a private window the browser keeps this storage in memory, and the batch is erased when
 * its page closes.
 */

import { api } from './browser.js';
import { digestOf } from './digest.js';
import { readSession, removeFromSession, writeSession } from './session_store.js';

const FOLDER = 'batch';
/** Folder of files that the popup leaves for the workbench. */
const INBOX = 'inbox';
/**
 * Begins the keys of notes on pictures for the workbench that are no files: still to be fetched, or
 * not to be had. They are no files themselves, so that there is room for them on a full disk.
 */
const FOUND = 'found ';
/** Ends the name of a file in the inbox that is not whole yet. */
const UNFINISHED = '.part';
/** Folder of edits that wait for the workbench; see row_edits.js. */
const EDITS = 'edits';
const FOLDERS = [FOLDER, INBOX, EDITS];
const QUEUE = 'queue.json';
/** Written after the first, and read where that is damaged. */
const QUEUE_COPY = 'queue-copy.json';
/**
 * The form of the description. It grows by one when an older version would misread what is written
 * from then on; a field that older versions may pass over leaves it as it is.
 */
export const SCHEMA = 1;
/** Held by the page that shows the batch. */
export const BATCH_LOCK = 'batch';
/** Fires when the service worker has to check whether a batch is over. */
export const BATCH_ALARM = 'batch';
/** A batch that has not changed for a day is erased. */
export const BATCH_LIFE_MS = 24 * 60 * 60 * 1000;

/**
 * The part of the description that says whether a batch is over. Every version writes it so, however
 * it writes the rest.
 *
 * @typedef {object} BatchHead
 * @property {number} touched  Time of the last change, in ms since 1970.
 * @property {boolean} saved   Nothing in it is unfinished or unsaved.
 * @property {number} [schema]  The first versions wrote none.
 */

/** @typedef {{ file: File, remove: () => Promise<void> }} InboxFile */

/**
 * @typedef {object} FoundNote
 * @property {string} name
 * @property {string} [address]
 * @property {import('../messages/failure.js').Failure} [failure]  Why it is not here; with an address
 *     alone, nothing has failed yet.
 */

/** @param {string} [folder] */
export async function batchFolder(folder = FOLDER) {
    const root = await navigator.storage.getDirectory();
    return root.getDirectoryHandle(folder, { create: true });
}

/**
 * For reading: looking leaves nothing behind where nothing is, and needs no room on a full disk.
 *
 * @param {string} [folder]
 * @returns {Promise<FileSystemDirectoryHandle | null>}  Null if there is none.
 */
export async function existingFolder(folder = FOLDER) {
    const root = await navigator.storage.getDirectory();
    return root.getDirectoryHandle(folder).catch(() => null);
}

/**
 * Write a whole file. After a crash it is either complete or as it was before.
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

/** @param {unknown} error */
export function isStorageFull(error) {
    return error instanceof DOMException && error.name === 'QuotaExceededError';
}

/**
 * @param {FileSystemDirectoryHandle | null} folder
 * @param {string} name
 * @returns {Promise<File | null>}  Its bytes stay on the disk until they are read.
 */
export async function readFile(folder, name) {
    try {
        return (await (await folder?.getFileHandle(name))?.getFile()) ?? null;
    } catch {
        return null;
    }
}

/**
 * @param {FileSystemDirectoryHandle | null} folder
 * @param {string} name
 */
export async function removeFile(folder, name) {
    await folder?.removeEntry(name).catch(() => undefined); // there was none
}

/**
 * The description of the batch, as the workbench wrote it.
 *
 * @returns {Promise<any>}  Null if there is none, or none that can be read.
 */
export async function readQueue() {
    const folder = await existingFolder();
    return folder && ((await readWhole(folder, QUEUE)) ?? (await readWhole(folder, QUEUE_COPY)));
}

/**
 * @param {FileSystemDirectoryHandle} folder
 * @param {string} name
 * @returns {Promise<any>}  Null where it is not there, or not as it was written.
 */
async function readWhole(folder, name) {
    const file = await readFile(folder, name);
    if (!file) return null;
    try {
        const { sum, ...queue } = JSON.parse(await file.text());
        // Earlier versions wrote no sum.
        return sum === undefined || sum === (await sumOf(queue)) ? queue : null;
    } catch {
        return null;
    }
}

/** @param {object} queue */
function sumOf(queue) {
    return digestOf(new Blob([JSON.stringify(queue)]));
}

/** @param {BatchHead} queue  And whatever else describes the batch, as plain data. */
export async function writeQueue(queue) {
    const folder = await batchFolder();
    const whole = { schema: SCHEMA, ...queue };
    const text = JSON.stringify({ ...whole, sum: await sumOf(whole) });
    for (const name of [QUEUE, QUEUE_COPY]) await writeFile(folder, name, text);
}

/**
 * Whether a newer version has written a batch that this one would misread. It is left as it is.
 *
 * @param {BatchHead | null} queue
 */
export function isFromNewerVersion(queue) {
    return (queue?.schema ?? 0) > SCHEMA;
}

/** Whether there is anything that `eraseBatch` would remove. */
export async function isAnythingKept() {
    for (const folder of FOLDERS) if (await existingFolder(folder)) return true;
    return (await readFoundInInbox()).length > 0;
}

/** Remove the batch with all its pictures, and what waits to come into it. */
export async function eraseBatch() {
    await removeFolders(FOLDERS);
    for (const { remove } of await readFoundInInbox()) await remove();
}

/** Remove a batch that cannot be read. What a person has just left for the workbench stays. */
export async function eraseUnread() {
    await removeFolders([FOLDER, EDITS]);
}

/** @param {string[]} folders */
async function removeFolders(folders) {
    const root = await navigator.storage.getDirectory();
    for (const folder of folders) {
        await root.removeEntry(folder, { recursive: true }).catch(() => undefined);
    }
    await api.alarms.clear(BATCH_ALARM);
}

/**
 * Whether a batch that no page shows is to be erased.
 *
 * @param {BatchHead | null} queue
 */
export function isBatchOver(queue) {
    if (!queue || api.extension.inIncognitoContext) return true;
    // What is saved the browser has said to be saved.
    return queue.saved || Date.now() - queue.touched > BATCH_LIFE_MS;
}

/**
 * Leave files for the workbench, which may not be open yet.
 *
 * @param {File[]} files
 * @throws {DOMException}  QuotaExceededError.
 */
export async function putInInbox(files) {
    const folder = await batchFolder(INBOX);
    const now = Date.now();
    for (const [index, file] of files.entries()) {
        const name = `${now}-${String(index).padStart(6, '0')} ${file.name}`;
        await writeFile(folder, name + UNFINISHED, file).catch(async (error) => {
            await removeFile(folder, name + UNFINISHED);
            throw error;
        });
        const handle = await folder.getFileHandle(name + UNFINISHED);
        await /** @type {any} */ (handle).move(name);
    }
}

/**
 * Leave a picture of a page that is no file: by its address, or with the reason, or both.
 *
 * @param {FoundNote} found
 */
export async function putFoundInInbox(found) {
    await writeSession({ [`${FOUND}${Date.now()}-${crypto.randomUUID()}`]: found });
}

/** @returns {Promise<{ found: FoundNote, remove: () => Promise<void> }[]>} */
export async function readFoundInInbox() {
    const notes = Object.entries(await readSession()).filter(([key]) => key.startsWith(FOUND));
    return notes
        .sort(([one], [other]) => (one < other ? -1 : 1))
        .map(([key, found]) => ({ found, remove: () => removeFromSession(key) }));
}

/** @returns {Promise<InboxFile[]>}  In the order in which they were put there. */
export async function readInbox() {
    const folder = await existingFolder(INBOX);
    const names = [];
    for await (const name of folder?.keys() ?? []) if (!name.endsWith(UNFINISHED)) names.push(name);
    /** @type {InboxFile[]} */
    const files = [];
    for (const name of names.sort()) {
        const stored = await readFile(folder, name);
        if (!stored) continue;
        const file = new File([stored], name.replace(/^\S+ /, ''), { type: stored.type });
        files.push({ file, remove: () => removeFile(folder, name) });
    }
    return files;
}
