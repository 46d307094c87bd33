/**
 * @file A recorded memory: fetched while Python's code is compiled, then put in its place.
 *
 * The other side is `scripts/dev/memory_image`; what is zero is left out of the file.
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
        this.#parts = fetch(`${folderUrl}memory.bin`).then((response) => response.arrayBuffer());
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
        const [{ bytes, table, runs }, parts] = await Promise.all([this.index, this.#parts]);
        // Another order of functions, and memory would point to the wrong ones.
        if (module.wasmTable.length !== table) {
            const { length } = module.wasmTable;
            throw new Error(`the memory image needs ${table} functions, not ${length}`);
        }
        if (bytes > module.HEAP8.length) module.growMemory(bytes);
        const memory = module.HEAP8;
        memory.fill(0, 0, module._sbrk(0)); // behind that nothing was written yet
        let from = 0;
        for (const [address, length] of runs) {
            memory.set(new Int8Array(parts, from, length), address);
            from += length;
        }
    }
}
