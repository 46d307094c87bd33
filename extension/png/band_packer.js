/**
 * @file Packs bands of PNG rows in WebAssembly; see extension/assembly/, from which pack.wasm
 * is made (`npm run assembly`).
 */

const PAGE = 1 << 16;
const ALIGNMENT = 64;

/**
 * @typedef {object} Band
 * @property {Uint8Array} rows    The row above the first one, then the rows themselves.
 * @property {number} rowBytes
 * @property {number} pixelBytes  The number of channels.
 * @property {number} filter      Of the PNG standard: 2 is Up, 4 is Paeth.
 */

/**
 * What pack.wasm gives; all are addresses and numbers of bytes.
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
     * Filter a band and pack it as a part of a deflate stream, which refers to nothing before
     * it and ends at a full byte.
     *
     * @param {Band} band
     * @returns {{ bytes: Uint8Array, checksum: number, length: number }}  The result lies in
     *     this packer's memory until the next band; Adler-32 and length of what was packed.
     */
    pack({ rows, rowBytes, pixelBytes, filter }) {
        const { firstFree, workBytes, mostBytes, pack } = this.#exports;
        const count = rows.length / rowBytes - 1;
        const work = aligned(firstFree());
        const from = aligned(work + workBytes(rowBytes));
        const out = aligned(from + rows.length);
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
function aligned(address) {
    return Math.ceil(address / ALIGNMENT) * ALIGNMENT;
}
