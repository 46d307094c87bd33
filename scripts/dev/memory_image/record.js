/**
 * @file Starts Python as the extension does, lets it import all it may need, and sends its
 * memory home. Run by `dev/memory_image.py` in a headless browser.
 */

const PAGE_BYTES = 65_536;
/** Any moment would do, if it is the same in every build. */
const FIXED_TIME_MS = Date.UTC(2026, 0, 1);

try {
    stopTheClock();
    // Loaded only now: Pyodide looks at the clock as soon as it is there.
    const { startPyodide } = await import('/python/start_pyodide.js');
    const places = { indexUrl: `${origin}/vendor/pyodide/`, folderUrl: `${origin}/py/` };
    const pyodide = await startPyodide(places, 'record');
    const linked = pyodide._module.wasmTable.length;
    pyodide.globals.set('registry', await read('/models/registry.json'));
    pyodide.runPython(await read('/warm_up.py'));
    await send(`/memory?table=${linked}`, withoutTail(pyodide.makeMemorySnapshot()));
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
}

/** Memory beyond the last page in use is zero, as it is in every new WebAssembly memory. */
function withoutTail(image) {
    let end = image.length;
    while (image[end - 1] === 0) end--;
    return image.subarray(0, Math.ceil(end / PAGE_BYTES) * PAGE_BYTES);
}

async function read(address) {
    return (await fetch(address)).text();
}

function send(address, body) {
    return fetch(address, { method: 'POST', body });
}
