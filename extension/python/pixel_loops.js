/**
 * @file Loops over pixels for Python, in Python's own memory: pixel_loops.wasm is made from
 * extension/assembly/pixels/ (`npm run assembly`); see py/offcut/kernels/pixel_loops.py.
 */

/** @returns {Promise<WebAssembly.Module>} */
export function compilePixelLoops() {
    return WebAssembly.compileStreaming(fetch(new URL('pixel_loops.wasm', import.meta.url)));
}

/**
 * @param {WebAssembly.Module} module
 * @param {WebAssembly.Memory} memory  Python's; the module itself needs none.
 */
export function startPixelLoops(module, memory) {
    return new WebAssembly.Instance(module, { env: { memory } }).exports;
}
