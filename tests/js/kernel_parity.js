/**
 * @file Runs tests/kernel_parity.py in the vendored Pyodide, with the extension's own WebAssembly
 * on Python's memory, and prints what it reports. The kernels' file may be another one.
 * usage: node kernel_parity.js [KERNELS_WASM]
 */

import { readdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';

import { startPixelKernels } from '../../extension/python/pixel_kernels.js';
import { loadPyodide } from '../../extension/vendor/pyodide/pyodide.mjs';

const PYODIDE = new URL('../../extension/vendor/pyodide/', import.meta.url);
const PACKAGE = new URL('../../py/offcut/', import.meta.url);
const TESTS = new URL('../', import.meta.url);
const KERNELS = new URL('../../extension/python/pixel_kernels.wasm', import.meta.url);

const python = await loadPyodide({ indexURL: PYODIDE.pathname });
for (const file of readdirSync(PYODIDE).filter((name) => name.endsWith('.whl'))) {
    python.unpackArchive(new Uint8Array(readFileSync(new URL(file, PYODIDE))).buffer, 'wheel');
}
const sources = readdirSync(PACKAGE, { recursive: true, encoding: 'utf8' });
// Its data too, as dev/builder/site_packages.py packs it.
for (const file of sources.filter((name) => /\.(py|json)$/.test(name))) {
    python.FS.mkdirTree(dirname(`/job/offcut/${file}`));
    python.FS.writeFile(`/job/offcut/${file}`, readFileSync(new URL(file, PACKAGE)));
}
for (const file of ['kernel_cases.py', 'kernel_parity.py']) {
    python.FS.writeFile(`/job/${file}`, readFileSync(new URL(file, TESTS)));
}
python.runPython("import sys; sys.path.insert(0, '/job')");
const code = new WebAssembly.Module(readFileSync(process.argv[2] ?? KERNELS));
const kernels = startPixelKernels(code, python._module.memory);
try {
    console.info(python.pyimport('kernel_parity').report(kernels));
} catch (error) {
    // Without the stack, which shows all of Pyodide's one long line.
    console.error(error.message);
    process.exitCode = 1;
}
