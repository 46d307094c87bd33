/**
 * @file A file of weights while it arrives: on the disk, or in memory where that fails.
 *
 * Decides: what happens when the disk is full: QuotaExceededError, then memory.
 */

const STEP_BYTES = 1 << 20;

/**
 * A file that grows.
 *
 * @typedef {object} PartFile
 * @property {'disk' | 'memory'} kept
 * @property {number} size
 * @property {(bytes: Uint8Array) => void} append  QuotaExceededError if the disk is full.
 * @property {(from: number, to: number) => Uint8Array} read
 * @property {(size: number) => void} truncate
 * @property {() => void} close  The file stays as it is.
 */

/** @implements {PartFile} */
export class DiskPart {
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

/** @implements {PartFile} */
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
        // There is nothing to close.
    }
}

/**
 * Copy what has arrived into memory, with room for the rest.
 *
 * @param {PartFile} part
 * @param {number} bytes  Of the whole file.
 */
export function copyToMemory(part, bytes) {
    const memory = new MemoryPart(bytes);
    for (let at = 0; at < part.size; at += STEP_BYTES) {
        memory.append(part.read(at, Math.min(part.size, at + STEP_BYTES)));
    }
    return memory;
}
