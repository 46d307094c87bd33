/**
 * @file Where weights lie: in the origin's private file system, or in memory where that fails.
 *
 * The private file system, because a worker may write there in place and flush: what has
 * arrived is still there after a crash, and 88 MB are written five to ten times as fast as to
 * the Cache API and read three times as fast (models/README.md has the figures).
 *
 * A file has the name of its SHA-256: `<sha256>.part` while it arrives, `<sha256>.onnx` when
 * every byte was verified. `<sha256>.json` describes a model that the registry does not know.
 */

const FOLDER = 'models';
const STEP_BYTES = 1 << 20;

/** @typedef {import('../messages/model_types.js').StoredFile} StoredFile */
/** @typedef {import('../messages/model_types.js').ModelEntry} ModelEntry */

/**
 * A file that grows.
 *
 * @typedef {object} Part
 * @property {'disk' | 'memory'} kept
 * @property {number} size
 * @property {(bytes: Uint8Array) => void} append  QuotaExceededError when the disk is full.
 * @property {(from: number, to: number) => Uint8Array} read
 * @property {(size: number) => void} truncate
 * @property {() => void} close  What has arrived stays.
 */

/** @implements {Part} */
class DiskPart {
    kept = /** @type {const} */ ('disk');
    #handle;

    /** @param {FileSystemSyncAccessHandle} handle */
    constructor(handle) {
        this.#handle = handle;
        this.size = handle.getSize();
    }

    /** @param {Uint8Array} bytes */
    append(bytes) {
        const written = this.#handle.write(bytes, { at: this.size });
        if (written < bytes.length)
            throw new DOMException('The disk is full.', 'QuotaExceededError');
        this.size += written;
    }

    /**
     * @param {number} from
     * @param {number} to
     */
    read(from, to) {
        const bytes = new Uint8Array(to - from);
        this.#handle.read(bytes, { at: from });
        return bytes;
    }

    /** @param {number} size */
    truncate(size) {
        this.#handle.truncate(size);
        this.size = size;
    }

    close() {
        this.#handle.flush();
        this.#handle.close();
    }
}

/** @implements {Part} */
export class MemoryPart {
    kept = /** @type {const} */ ('memory');
    size = 0;
    #bytes;

    /** @param {number} bytes  Of the whole file. */
    constructor(bytes) {
        this.#bytes = new Uint8Array(bytes);
    }

    /** @param {Uint8Array} bytes */
    append(bytes) {
        this.#bytes.set(bytes, this.size);
        this.size += bytes.length;
    }

    /**
     * @param {number} from
     * @param {number} to
     */
    read(from, to) {
        return this.#bytes.slice(from, to);
    }

    /** @param {number} size */
    truncate(size) {
        this.size = size;
    }

    close() {
        // Nothing is held but memory.
    }
}

/**
 * Copy what has arrived into memory, where there is room for the rest.
 *
 * @param {Part} part
 * @param {number} bytes  Of the whole file.
 */
export function movedToMemory(part, bytes) {
    const memory = new MemoryPart(bytes);
    for (let at = 0; at < part.size; at += STEP_BYTES) {
        memory.append(part.read(at, Math.min(part.size, at + STEP_BYTES)));
    }
    return memory;
}

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

/** @returns {Promise<ModelEntry[]>}  Models that the user has described. */
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
    const handle = await file.createSyncAccessHandle();
    handle.truncate(0);
    handle.write(new TextEncoder().encode(JSON.stringify(entry)), { at: 0 });
    handle.flush();
    handle.close();
}

/**
 * Open what has arrived of a file, or begin it.
 *
 * @param {string} sha256
 * @returns {Promise<Part>}
 * @throws {DOMException}  Where there is no such file system, as in some private windows.
 */
export async function openPart(sha256) {
    const folder = await requireFolder();
    const file = await folder.getFileHandle(`${sha256}.part`, { create: true });
    return new DiskPart(await file.createSyncAccessHandle());
}

/**
 * A part is whole and verified.
 *
 * @param {string} sha256
 */
export async function finishPart(sha256) {
    const folder = await requireFolder();
    const file = await folder.getFileHandle(`${sha256}.part`);
    // Renaming within one folder is a single step: the file is whole whenever it is there.
    await /** @type {any} */ (file).move(`${sha256}.onnx`);
}

/**
 * @param {string} sha256
 * @returns {Promise<ArrayBuffer | null>}  Null when it is not there (any more).
 */
export async function readWhole(sha256) {
    const folder = await openFolder(false);
    const file = await folder?.getFileHandle(`${sha256}.onnx`).catch(() => null);
    if (!file) return null;
    const handle = await file.createSyncAccessHandle();
    const bytes = new ArrayBuffer(handle.getSize());
    handle.read(bytes, { at: 0 });
    handle.close();
    return bytes;
}

/**
 * Remove all that belongs to a file; its folder, too, if nothing else is in it.
 *
 * @param {string} sha256
 */
export async function removeFile(sha256) {
    const folder = await openFolder(false);
    if (!folder) return;
    for (const ending of ['part', 'onnx', 'json']) {
        await folder.removeEntry(`${sha256}.${ending}`).catch(() => undefined);
    }
    for await (const _ of folder.keys()) return;
    await (await navigator.storage.getDirectory()).removeEntry(FOLDER);
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
