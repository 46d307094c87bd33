/**
 * @file Hands bands of PNG rows to the worker in png/, so that two cores write a file.
 *
 * Python does not await while it writes, so what comes back lies in shared memory, and it
 * waits there; see py/offcut/png_packing.py. Without shared memory there is no helper.
 */

/** Fields of a slot's control block, and what its state can be. */
const FIELDS = Object.freeze({ STATE: 0, USED: 1, CHECKSUM: 2, LENGTH: 3, PACKED: 2 });
const FREE = 0;
const BUSY = 1;
const SLOTS = 2;
/** Within this time any band is packed, unless the worker has died. */
const PATIENCE_MS = 60_000;

/** @typedef {import('./jpeg_decoder.js').PixelBuffer} PixelBuffer */

class Slot {
    control = new Int32Array(new SharedArrayBuffer(4 * Int32Array.BYTES_PER_ELEMENT));
    output = new SharedArrayBuffer(0);
    file = 0;
}

export class PngHelper {
    #slots = Array.from({ length: SLOTS }, () => new Slot());
    #file = 0;
    #worker;

    /** @param {Worker} worker */
    constructor(worker) {
        this.#worker = worker;
    }

    /** Begin a file; what is still packed for an earlier one, which was given up, is dropped. */
    begin() {
        this.#file++;
    }

    /** @returns {number}  A slot that a band may be put into; -1 if there is none. */
    freeSlot() {
        return this.#slots.findIndex(({ control, file }) => {
            const state = Atomics.load(control, FIELDS.STATE);
            return state === FREE || (state === FIELDS.PACKED && file !== this.#file);
        });
    }

    /**
     * Put a band into a free slot.
     *
     * @param {number} place
     * @param {PixelBuffer} above     The row above the band.
     * @param {PixelBuffer} rows
     * @param {number} pixelBytes
     * @param {number} filter
     */
    put(place, above, rows, pixelBytes, filter) {
        const slot = /** @type {Slot} */ (this.#slots[place]);
        const first = above.getBuffer('u8');
        const rest = rows.getBuffer('u8');
        const rowBytes = first.data.length;
        const band = new Uint8Array(rowBytes + rest.data.length);
        band.set(first.data);
        band.set(rest.data, rowBytes);
        first.release();
        rest.release();
        const most = 2 * (band.length + band.length / rowBytes) + 65_536;
        if (slot.output.byteLength < most) slot.output = new SharedArrayBuffer(most);
        slot.file = this.#file;
        Atomics.store(slot.control, FIELDS.STATE, BUSY);
        const { control, output } = slot;
        this.#worker.postMessage(
            { control, output, rows: band, rowBytes, pixelBytes, filter, fields: FIELDS },
            [band.buffer],
        );
    }

    /** @param {number} place */
    isPacked(place) {
        return Atomics.load(this.#control(place), FIELDS.STATE) === FIELDS.PACKED;
    }

    /**
     * Wait for a band and take it out of its slot.
     *
     * @param {number} place
     * @returns {{ bytes: Uint8Array, checksum: number, length: number }}
     */
    take(place) {
        const control = this.#control(place);
        if (Atomics.wait(control, FIELDS.STATE, BUSY, PATIENCE_MS) === 'timed-out') {
            throw new Error('the PNG worker gives no answer');
        }
        const [, used = 0, checksum = 0, length = 0] = control;
        const { output } = /** @type {Slot} */ (this.#slots[place]);
        const bytes = new Uint8Array(output, 0, used).slice();
        Atomics.store(control, FIELDS.STATE, FREE);
        return { bytes, checksum: checksum >>> 0, length };
    }

    /** @param {number} place */
    #control(place) {
        return /** @type {Slot} */ (this.#slots[place]).control;
    }
}

/**
 * Start the worker; it is sealed when this is done.
 *
 * @returns {Promise<{ helper: PngHelper | null, leaks: string[] }>}
 */
export async function startPngHelper() {
    if (!globalThis.crossOriginIsolated) return { helper: null, leaks: [] };
    const worker = new Worker(new URL('../png/main.js', import.meta.url), {
        type: 'module',
        name: 'png',
    });
    try {
        const { leaks } = await new Promise((resolve, reject) => {
            worker.addEventListener('message', ({ data }) => resolve(data), { once: true });
            worker.addEventListener('error', ({ message }) => reject(new Error(message)));
        });
        return { helper: new PngHelper(worker), leaks };
    } catch (error) {
        console.warn('Python writes its files alone:', error);
        worker.terminate();
        return { helper: null, leaks: [] };
    }
}
