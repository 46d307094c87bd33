/**
 * @file A recorded memory: fetched while Python's code is compiled, then put in its place.
 *
 * Decides: when a recorded image does not fit (number of functions, cut off).
 *
 * The other side is `scripts/dev/builder/memory_image`; what is zero is left out of the file.
 */

/** @typedef {import('../vendor/pyodide/pyodide.mjs').EmscriptenModule} EmscriptenModule */

/**
 * What py/memory.json holds.
 *
 * @typedef {object} MemoryIndex
 * @property {number} bytes     Of the whole memory.
 * @property {number} table     Length of the function table that it was recorded with.
 * @property {number[]} header  Bytes that Pyodide wants to see before it takes an image.
 * @property {[address: number, length: number][]} runs  Places of the parts in py/memory.bin.
 */

export class MemoryImage {
    #parts;

    /** @param {string} folderUrl  The folder py/, with a trailing slash. */
    constructor(folderUrl) {
        /** @type {Promise<MemoryIndex>} */
        this.index = fetch(`${folderUrl}memory.json`).then((response) => response.json());
        this.#parts = fetch(`${folderUrl}memory.bin`);
        this.#parts.catch(() => undefined); // awaited later, in restore()
    }

    /**
     * An image for Pyodide that is complete but for its memory, which `restore` fills.
     *
     * @returns {Promise<Uint8Array>}
     */
    async header() {
        return Uint8Array.from((await this.index).header);
    }

    /** @param {EmscriptenModule} module  As it was when the image was recorded. */
    async restore(module) {
        const [{ bytes, table, runs }, { body }] = await Promise.all([this.index, this.#parts]);
        // Another order of functions, and memory would point to the wrong ones.
        if (module.wasmTable.length !== table) {
            const { length } = module.wasmTable;
            throw new Error(`the memory image needs ${table} functions, not ${length}`);
        }
        if (bytes > module.HEAP8.length) module.growMemory(bytes);
        const memory = module.HEAP8;
        memory.fill(0, 0, module._sbrk(0)); // behind that nothing was written yet
        await fill(memory, runs, /** @type {ReadableStream<Uint8Array>} */ (body));
    }
}

/**
 * Put the parts in their places as they come: whole in another buffer, they would stay there.
 *
 * @param {Int8Array} memory
 * @param {MemoryIndex['runs']} runs
 * @param {ReadableStream<Uint8Array>} parts
 */
async function fill(memory, runs, parts) {
    const ahead = runs.values();
    let [address, left] = [0, 0];
    for await (let part of parts) {
        while (part.length > 0) {
            if (left === 0) [address, left] = ahead.next().value ?? [0, 0];
            if (left === 0) throw new Error('the memory image is longer than its index says');
            const taken = part.subarray(0, left);
            memory.set(taken, address);
            part = part.subarray(taken.length);
            address += taken.length;
            left -= taken.length;
        }
    }
    if (left > 0 || !ahead.next().done) throw new Error('the memory image is cut off');
}
