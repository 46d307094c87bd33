/**
 * @file Writes weights as they arrive and computes their SHA-256 at the same time. A block whose
 * hash differs from the registry's is dropped, so that only this block is fetched again.
 *
 * Decides: which downloaded bytes count, what is dropped, and that weights move to memory when the
 * disk is full.
 */

import '../vendor/hash-wasm/sha256.umd.min.js';
import { copyToMemory } from './part_file.js';

const STEP_BYTES = 1 << 20;

/** @typedef {import('../messages/model_types.js').ModelEntry} ModelEntry */
/** @typedef {import('./part_file.js').PartFile} PartFile */

/** The bytes that came are not those of the file. */
export class WrongBytesError extends Error {}

export class VerifiedWriter {
    /** @type {Uint8Array}  State of the whole file's hash at the start of the current block. */
    #blockStart;
    #whole;
    #block;
    #entry;

    /**
     * @param {ModelEntry} entry
     * @param {PartFile} part
     * @param {StreamingHash} whole
     * @param {StreamingHash} block
     */
    constructor(entry, part, whole, block) {
        this.#entry = entry;
        this.part = part;
        this.#whole = whole.init();
        this.#block = block.init();
        this.#blockStart = whole.save();
        /** Bytes of the file that are here. */
        this.size = 0;
    }

    /**
     * Continue a part that has arrived before; what is wrong in it is dropped.
     *
     * @param {ModelEntry} entry
     * @param {PartFile} part
     * @returns {Promise<VerifiedWriter>}
     */
    static async open(entry, part) {
        const { createSHA256 } = globalThis.hashwasm;
        const writer = new VerifiedWriter(entry, part, await createSHA256(), await createSHA256());
        if (part.size > entry.bytes) part.truncate(0);
        while (writer.size < part.size) {
            const bytes = part.read(writer.size, Math.min(part.size, writer.size + STEP_BYTES));
            try {
                writer.#process(bytes, () => undefined);
            } catch (error) {
                if (error instanceof WrongBytesError) break; // what follows is cut off
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
     * @throws {WrongBytesError}  Then continue at `size`.
     */
    append(bytes) {
        this.#process(bytes, (checked) => this.#write(checked));
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
        this.#block.init();
        this.#blockStart = this.#whole.save();
    }

    /**
     * @param {Uint8Array} bytes
     * @param {(bytes: Uint8Array) => void} write
     */
    #process(bytes, write) {
        const { size = this.#entry.bytes, sha256 = [] } = this.#entry.blocks ?? {};
        for (let at = 0; at < bytes.length; ) {
            const end = Math.min(bytes.length, at + size - (this.size % size));
            const now = bytes.subarray(at, end);
            write(now);
            this.#whole.update(now);
            this.#block.update(now);
            this.size += now.length;
            at = end;
            if (this.size % size === 0 || this.isComplete) this.#endBlock(size, sha256);
        }
    }

    /**
     * @param {number} size
     * @param {string[]} known
     */
    #endBlock(size, known) {
        const start = this.size - (this.size % size || size);
        const expected = known[start / size];
        const isRight = expected === undefined || this.#block.digest() === expected;
        this.#block.init();
        if (isRight) {
            this.#blockStart = this.#whole.save();
            return;
        }
        this.#whole.load(this.#blockStart);
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
            // The disk is full: keep the weights in memory, until the browser is closed.
            const memory = copyToMemory(this.part, this.#entry.bytes);
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
