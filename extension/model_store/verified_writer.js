/**
 * @file Writes weights as they arrive and computes their SHA-256 on the way. A piece that is
 * not what the registry says is taken back, so that only it has to be fetched again.
 */

import '../vendor/hash-wasm/sha256.umd.min.js';
import { movedToMemory } from './weight_files.js';

const STEP_BYTES = 1 << 20;

/** @typedef {import('../messages/model_types.js').ModelEntry} ModelEntry */
/** @typedef {import('./weight_files.js').Part} Part */

/** Bytes came that are not the file's. */
export class WrongBytesError extends Error {}

export class VerifiedWriter {
    /** @type {Uint8Array}  State of the whole file's hash where the current piece begins. */
    #before;
    #whole;
    #piece;
    #entry;

    /**
     * @param {ModelEntry} entry
     * @param {Part} part
     * @param {StreamingHash} whole
     * @param {StreamingHash} piece
     */
    constructor(entry, part, whole, piece) {
        this.#entry = entry;
        this.part = part;
        this.#whole = whole.init();
        this.#piece = piece.init();
        this.#before = whole.save();
        /** Bytes of the file that are here. */
        this.size = 0;
    }

    /**
     * Go on with a part; what of it cannot be right is dropped.
     *
     * @param {ModelEntry} entry
     * @param {Part} part
     * @returns {Promise<VerifiedWriter>}
     */
    static async open(entry, part) {
        const { createSHA256 } = globalThis.hashwasm;
        const writer = new VerifiedWriter(entry, part, await createSHA256(), await createSHA256());
        if (part.size > entry.bytes) part.truncate(0);
        while (writer.size < part.size) {
            const bytes = part.read(writer.size, Math.min(part.size, writer.size + STEP_BYTES));
            try {
                writer.#take(bytes, () => undefined);
            } catch (error) {
                if (error instanceof WrongBytesError) break; // and cut off what follows
                throw error;
            }
        }
        part.truncate(writer.size);
        return writer;
    }

    get isComplete() {
        return this.size === this.#entry.bytes;
    }

    /**
     * @param {Uint8Array} bytes  No more than the file still lacks.
     * @throws {WrongBytesError}  Then `size` is where to go on.
     */
    append(bytes) {
        this.#take(bytes, (checked) => this.#write(checked));
    }

    /**
     * @returns {boolean}  Whether the whole file is right; if not, it is dropped.
     */
    verify() {
        const state = this.#whole.save();
        const isRight = this.#whole.digest() === this.#entry.sha256;
        this.#whole.load(state);
        if (!isRight) this.restart();
        return isRight;
    }

    /** Drop everything. */
    restart() {
        this.size = 0;
        this.part.truncate(0);
        this.#whole.init();
        this.#piece.init();
        this.#before = this.#whole.save();
    }

    /**
     * @param {Uint8Array} bytes
     * @param {(bytes: Uint8Array) => void} write
     */
    #take(bytes, write) {
        const { size = this.#entry.bytes, sha256 = [] } = this.#entry.blocks ?? {};
        for (let at = 0; at < bytes.length; ) {
            const end = Math.min(bytes.length, at + size - (this.size % size));
            const now = bytes.subarray(at, end);
            write(now);
            this.#whole.update(now);
            this.#piece.update(now);
            this.size += now.length;
            at = end;
            if (this.size % size === 0 || this.isComplete) this.#endPiece(size, sha256);
        }
    }

    /**
     * @param {number} size
     * @param {string[]} known
     */
    #endPiece(size, known) {
        const start = this.size - (this.size % size || size);
        const expected = known[start / size];
        const isRight = expected === undefined || this.#piece.digest() === expected;
        this.#piece.init();
        if (isRight) {
            this.#before = this.#whole.save();
            return;
        }
        this.#whole.load(this.#before);
        this.size = start;
        this.part.truncate(start);
        throw new WrongBytesError(`bytes ${start} and following are wrong`);
    }

    /** @param {Uint8Array} bytes */
    #write(bytes) {
        try {
            this.part.append(bytes);
        } catch (error) {
            if (!isFull(error) || this.part.kept === 'memory') throw error;
            // Nothing is lost: it can be run from memory, until the browser is closed.
            const memory = movedToMemory(this.part, this.#entry.bytes);
            this.part.truncate(0);
            this.part.close();
            this.part = memory;
            this.part.append(bytes);
        }
    }
}

/** @param {unknown} error */
function isFull(error) {
    return error instanceof DOMException && error.name === 'QuotaExceededError';
}
