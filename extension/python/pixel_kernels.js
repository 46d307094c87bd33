/**
 * @file The pixel kernels for Python, which work in Python's own memory: pixel_kernels.wasm is
 * made from extension/assembly/pixels/ (`npm run assembly`); see py/offcut/kernels/wasm_module.py.
 *
 * Decides: only how they are loaded.
 */

/** @returns {Promise<WebAssembly.Module>} */
export function compilePixelKernels() {
    return WebAssembly.compileStreaming(fetch(new URL('pixel_kernels.wasm', import.meta.url)));
}

/**
 * @param {WebAssembly.Module} module
 * @param {WebAssembly.Memory} memory  Python's; the module itself needs none.
 */
export function startPixelKernels(module, memory) {
    return new WebAssembly.Instance(module, { env: { memory } }).exports;
}
