/**
 * @file Hands bands of PNG rows to the workers in png/, so that several cores write a file.
 *
 * Decides: how many bands are under way, how long one is waited for, and that Python packs alone
 * where no worker starts.
 *
 * Python does not await while it writes, so what comes back lies in shared memory, and it
 * waits there; see py/offcut/encoding/png_stream.py. Without shared memory it packs all by itself.
 */

import {
    awaitBand,
    beginBand,
    CHECKSUM,
    freeSlot,
    isFree,
    isOver,
    LENGTH,
    USED,
} from '../messages/png_bands.js';

/** Within this time any band is packed. */
const PATIENCE_MS = 60_000;

/** @typedef {import('./jpeg_decoder.js').PixelBuffer} PixelBuffer */
/** @typedef {import('../messages/worker_types.js').PngLink} PngLink */

class Slot {
    input = new SharedArrayBuffer(0);
    /** As long as what was packed at most, by now; a band could grow when it is packed. */
    output = new SharedArrayBuffer(0);
    file = 0;
    /** Of the input: the row above the band, and the band. */
    bandBytes = 0;

    /**
     * @param {MessagePort} port  To the worker.
     * @param {import('../messages/png_bands.js').Control} control
     */
    constructor(port, control) {
        this.port = port;
        this.control = control;
    }
}

export class PngPacker {
    #file = 0;
    #slots;

    /** @param {readonly PngLink[]} links  To the workers. */
    constructor(links) {
        // In turns, so that every worker has a band before one has two.
        const rounds = links[0]?.controls.map((_, round) =>
            links.map(({ port, controls }) => new Slot(port, /** @type {any} */ (controls[round]))),
        );
        this.#slots = rounds?.flat() ?? [];
    }

    /** Begin a file; what is still packed for an earlier one, which was given up, is dropped. */
    begin() {
        this.#file++;
    }

    /** @returns {number}  A slot that a band may be put into; -1 if there is none. */
    freeSlot() {
        return this.#slots.findIndex(
            ({ control, file }) => isFree(control) || (isOver(control) && file !== this.#file),
        );
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
        slot.bandBytes = length;
        const { control, output } = slot;
        if (!beginBand(control)) return;
        slot.port.postMessage({ control, output, rows: band, rowBytes, pixelBytes, filter });
    }

    /** @param {number} place */
    isPacked(place) {
        return isOver(this.#slot(place).control);
    }

    /**
     * Wait for a band and take it out of its slot.
     *
     * @param {number} place
     * @returns {{ isLost: boolean, bytes: Uint8Array, checksum: number, length: number }}  The
     *     bytes stay until the next `put`. If the worker has died, they are the row above the band
     *     and the band, to be packed in another way.
     */
    take(place) {
        const { control, input, output, bandBytes } = this.#slot(place);
        const how = awaitBand(control, PATIENCE_MS);
        if (how === 'late') throw new Error('the PNG worker gives no answer');
        const { [USED]: used = 0, [CHECKSUM]: checksum = 0, [LENGTH]: length = 0 } = control;
        freeSlot(control);
        const isLost = how === 'lost';
        const bytes = isLost
            ? new Uint8Array(input, 0, bandBytes)
            : new Uint8Array(output, 0, used);
        return { isLost, bytes, checksum: checksum >>> 0, length };
    }

    /** @param {number} place */
    #slot(place) {
        return /** @type {Slot} */ (this.#slots[place]);
    }
}

/**
 * Wait for the workers; they are sealed when this is done.
 *
 * @param {PngLink[]} links  To each.
 * @returns {Promise<{ packer: PngPacker | undefined, leaks: string[] }>}
 */
export async function startPngPacker(links) {
    if (links.length === 0) return { packer: undefined, leaks: [] };
    try {
        const leaks = await Promise.all(links.map(({ port }) => sealed(port)));
        return { packer: new PngPacker(links), leaks: leaks.flat() };
    } catch (error) {
        console.warn('Python writes its files alone:', error);
        return { packer: undefined, leaks: [] };
    }
}

/**
 * @param {MessagePort} port
 * @returns {Promise<string[]>}  What could not be sealed.
 */
function sealed(port) {
    return new Promise((resolve, reject) => {
        port.addEventListener('message', ({ data }) => resolve(data.leaks), { once: true });
        port.addEventListener('close', () => reject(new Error('a PNG worker did not start')));
        port.start();
    });
}
