/**
 * @file Starts Python as the extension does, lets it import all it may need, and sends its
 * memory home. Run by `scripts/dev/builder/memory_image` in a headless browser.
 */

/** Where dlmalloc's `mallinfo` has the size of the free block at the end, and how long it is. */
const LAST_BLOCK = 9;
const MALLINFO_BYTES = 40;
/** What the allocator may need of that block for itself. */
const MARGIN_BYTES = 4096;
const SMALLEST_BLOCK = 16;
/** Any moment would do, if it is the same in every build. */
const FIXED_TIME_MS = Date.UTC(2026, 0, 1);

/** Python's own library has to be there before our packages, whichever is fetched first. */
const FIRST = '/vendor/pyodide/python_stdlib.zip';
const SECOND = '/py/site.json';

try {
    stopTheClock();
    orderArrivals();
    // Loaded only now: Pyodide looks at the clock as soon as it is there.
    const { startPyodide } = await import('/python/start_pyodide.js');
    const places = { indexUrl: `${origin}/vendor/pyodide/`, folderUrl: `${origin}/py/` };
    const pyodide = await startPyodide(places, 'record');
    const linked = pyodide._module.wasmTable.length;
    pyodide.globals.set('registry', await read('/models/registry.json'));
    pyodide.runPython(await read('/warm_up.py'));
    clearFreeMemory(pyodide._module);
    await send(`/memory?table=${linked}`, pyodide.makeMemorySnapshot());
} catch (error) {
    await send('/failed', String(error.stack ?? error));
}

/** The same sources shall give the same bytes: time and chance leave traces in memory. */
function stopTheClock() {
    Date.now = () => FIXED_TIME_MS;
    performance.now = () => 0;
    let state = 1;
    crypto.getRandomValues = (values) => {
        const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
        for (let at = 0; at < bytes.length; at++) {
            state = (state * 69_069 + 1) >>> 0;
            bytes[at] = state >>> 24;
        }
        return values;
    };
    // When the browser collects garbage, and so when Python would hear of it, is chance as well.
    globalThis.FinalizationRegistry = class {
        register() {}
        unregister() {}
    };
}

/** Files are put in place as they arrive; the order of that leaves traces, too. */
function orderArrivals() {
    const { fetch } = globalThis;
    const { promise: arrived, resolve } = Promise.withResolvers();
    globalThis.fetch = async (address, ...more) => {
        const { pathname } = new URL(address, location.href);
        if (pathname === SECOND) await arrived;
        const response = await fetch(address, ...more);
        if (pathname !== FIRST) return response;
        const content = await response.arrayBuffer();
        resolve();
        return new Response(content, response);
    };
}

/** Free blocks are full of what was in them; only what is zero stays out of the image. */
function clearFreeMemory(module) {
    const info = module._malloc(MALLINFO_BYTES);
    module._mallinfo(info);
    const last = module.HEAPU32[info / 4 + LAST_BLOCK] - MARGIN_BYTES;
    module._free(info);
    const end = module._malloc(last);
    module.HEAPU8.fill(0, end, end + last);
    module._free(end);
    const cleared = [];
    for (let size = 2 ** Math.floor(Math.log2(last)); size >= SMALLEST_BLOCK; size /= 2) {
        let block = module._malloc(size);
        // Where no free block is large enough, it comes from the end, which is clear.
        for (; block < end; block = module._malloc(size)) {
            module.HEAPU8.fill(0, block, block + size);
            cleared.push(block);
        }
        module._free(block);
    }
    for (const block of cleared) module._free(block);
}

async function read(address) {
    return (await fetch(address)).text();
}

function send(address, body) {
    return fetch(address, { method: 'POST', body });
}
