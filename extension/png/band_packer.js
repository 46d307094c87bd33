/**
 * @file Filters and compresses bands of PNG rows in WebAssembly. `npm run assembly` makes pack.wasm
 * from extension/assembly/.
 */

const PAGE = 1 << 16;
const ALIGNMENT = 64;

/**
 * @typedef {object} Band
 * @property {Uint8Array} rows    The row above the first one, then the rows themselves.
 * @property {number} rowBytes
 * @property {number} pixelBytes  The number of channels.
 * @property {number} filter      Number in the PNG standard: 2 is Up, 4 is Paeth.
 */

/**
 * The exports of pack.wasm; all numbers are addresses or numbers of bytes.
 *
 * @typedef {object} Exports
 * @property {(rows: number, rowBytes: number, count: number, pixelBytes: number, filter: number,
 *     work: number, out: number) => number} pack
 * @property {{ value: number }} checksum
 * @property {() => number} firstFree
 * @property {(rowBytes: number) => number} workBytes
 * @property {(rowBytes: number, count: number) => number} mostBytes
 */

export class BandPacker {
    #memory = new WebAssembly.Memory({ initial: 1 });
    #exports;

    /** @param {WebAssembly.Module} module  Made from pack.wasm. */
    constructor(module) {
        const { exports } = new WebAssembly.Instance(module, { env: { memory: this.#memory } });
        this.#exports = /** @type {Exports} */ (/** @type {unknown} */ (exports));
    }

    /**
     * Filter a band and compress it as a part of a deflate stream. The part refers to nothing
     * before it and ends at a full byte, so that parts can be joined.
     *
     * @param {Band} band
     * @returns {{ bytes: Uint8Array, checksum: number, length: number }}  `bytes` is a view
     *     of this packer's memory, valid until the next band; `checksum` (Adler-32) and `length`
     *     are those of the filtered rows.
     */
    pack({ rows, rowBytes, pixelBytes, filter }) {
        const { firstFree, workBytes, mostBytes, pack } = this.#exports;
        const count = rows.length / rowBytes - 1;
        const work = align(firstFree());
        const from = align(work + workBytes(rowBytes));
        const out = align(from + rows.length);
        this.#makeRoom(out + mostBytes(rowBytes, count));
        new Uint8Array(this.#memory.buffer).set(rows, from);
        const used = pack(from, rowBytes, count, pixelBytes, filter, work, out);
        return {
            bytes: new Uint8Array(this.#memory.buffer, out, used),
            checksum: this.#exports.checksum.value >>> 0,
            length: count * (rowBytes + 1),
        };
    }

    /** @param {number} bytes */
    #makeRoom(bytes) {
        const missing = bytes - this.#memory.buffer.byteLength;
        if (missing > 0) this.#memory.grow(Math.ceil(missing / PAGE));
    }
}

/** @param {number} address */
function align(address) {
    return Math.ceil(address / ALIGNMENT) * ALIGNMENT;
}
