/**
 * @file Hands bands of PNG rows to the workers in png/, so that several cores write a file.
 *
 * Decides: how many bands are under way, how long one is waited for, and that Python packs alone
 * where no worker starts.
 *
 * Python does not await while it writes, so what comes back lies in shared memory, and it
 * waits there; see py/offcut/encoding/png_stream.py. Without shared memory it packs all by itself.
 */

/** Fields of a slot's control block, and what its state can be. */
const FIELDS = Object.freeze({ STATE: 0, USED: 1, CHECKSUM: 2, LENGTH: 3, PACKED: 2 });
const FREE = 0;
const BUSY = 1;
/** One that is packed, and one that waits. */
const SLOTS_OF_WORKER = 2;
/** Within this time any band is packed, unless the worker has died. */
const PATIENCE_MS = 60_000;

/** @typedef {import('./jpeg_decoder.js').PixelBuffer} PixelBuffer */

class Slot {
    control = new Int32Array(new SharedArrayBuffer(4 * Int32Array.BYTES_PER_ELEMENT));
    input = new SharedArrayBuffer(0);
    /** As long as what was packed at most, by now; a band could grow when it is packed. */
    output = new SharedArrayBuffer(0);
    file = 0;

    /** @param {MessagePort} port  To the worker. */
    constructor(port) {
        this.port = port;
    }
}

export class PngPacker {
    #file = 0;
    #slots;

    /** @param {MessagePort[]} ports  To the workers. */
    constructor(ports) {
        // In turns, so that every worker has a band before one has two.
        this.#slots = Array.from({ length: SLOTS_OF_WORKER }, () =>
            ports.map((port) => new Slot(port)),
        ).flat();
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
        const length = rowBytes + rest.data.length;
        if (slot.input.byteLength < length) slot.input = new SharedArrayBuffer(length);
        const band = new Uint8Array(slot.input, 0, length);
        band.set(first.data);
        band.set(rest.data, rowBytes);
        first.release();
        rest.release();
        const most = 2 * (length + length / rowBytes) + 65_536;
        if (slot.output.maxByteLength < most) {
            slot.output = new SharedArrayBuffer(0, { maxByteLength: most });
        }
        slot.file = this.#file;
        Atomics.store(slot.control, FIELDS.STATE, BUSY);
        const { control, output } = slot;
        slot.port.postMessage({
            control,
            output,
            rows: band,
            rowBytes,
            pixelBytes,
            filter,
            fields: FIELDS,
        });
    }

    /** @param {number} place */
    isPacked(place) {
        return Atomics.load(this.#control(place), FIELDS.STATE) === FIELDS.PACKED;
    }

    /**
     * Wait for a band and take it out of its slot.
     *
     * @param {number} place
     * @returns {{ bytes: Uint8Array, checksum: number, length: number }}  The bytes stay until
     *     the next `put`.
     */
    take(place) {
        const control = this.#control(place);
        if (Atomics.wait(control, FIELDS.STATE, BUSY, PATIENCE_MS) === 'timed-out') {
            throw new Error('the PNG worker gives no answer');
        }
        const [, used = 0, checksum = 0, length = 0] = control;
        const { output } = /** @type {Slot} */ (this.#slots[place]);
        const bytes = new Uint8Array(output, 0, used);
        Atomics.store(control, FIELDS.STATE, FREE);
        return { bytes, checksum: checksum >>> 0, length };
    }

    /** @param {number} place */
    #control(place) {
        return /** @type {Slot} */ (this.#slots[place]).control;
    }
}

/**
 * Wait for the workers; they are sealed when this is done.
 *
 * @param {MessagePort[]} ports  To each.
 * @returns {Promise<{ packer: PngPacker | undefined, leaks: string[] }>}
 */
export async function startPngPacker(ports) {
    if (ports.length === 0) return { packer: undefined, leaks: [] };
    try {
        const leaks = await Promise.all(ports.map(started));
        return { packer: new PngPacker(ports), leaks: leaks.flat() };
    } catch (error) {
        console.warn('Python writes its files alone:', error);
        return { packer: undefined, leaks: [] };
    }
}

/**
 * @param {MessagePort} port
 * @returns {Promise<string[]>}  What could not be sealed.
 */
function started(port) {
    return new Promise((resolve, reject) => {
        port.addEventListener('message', ({ data }) => resolve(data.leaks), { once: true });
        port.addEventListener('close', () => reject(new Error('a PNG worker did not start')));
        port.start();
    });
}
