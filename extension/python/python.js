/**
 * @file Boots Pyodide and calls the pipeline in it.
 *
 * Python stays Python: `py/offcut` comes as an archive and is imported by name; nothing is
 * pasted into source text.
 */

import { OffcutError } from '../messages/failure.js';
import { loadPyodide } from '../vendor/pyodide/pyodide.mjs';

const PACKAGES = ['numpy', 'pillow'];
const ARCHIVE_FOLDER = '/offcut';
/** Shares of the start, measured: the core takes two thirds of it. */
const CORE_BOOTED = 0.65;
const PACKAGE_MOUNTED = 0.7;

/**
 * What Python may call while it works; see `JsHost` in runtime/browser.py.
 *
 * @typedef {object} Host
 * @property {(stage: string, fraction: number) => void} report
 * @property {() => boolean} isCancelled
 * @property {(data: Uint8Array<ArrayBuffer>) => Promise<unknown>} openJpeg
 * @property {(modelId: string, name: string, dims: Iterable<number>,
 *     data: Float32Array<ArrayBuffer>, fetch: string) => Promise<unknown>} run
 */

/**
 * @typedef {object} Python
 * @property {string} version
 * @property {(picture: ArrayBuffer, request: string, host: Host) =>
 *     Promise<import('../messages/types.js').CutoutReply>} cutOut
 */

/**
 * @param {import('../messages/types.js').PythonBoot} boot
 * @param {(fraction: number) => void} onProgress
 * @returns {Promise<Python>}
 */
export async function bootPython({ indexUrl, archiveUrl, registry }, onProgress) {
    // Asked for at once, so that it is here when the interpreter is.
    const archive = fetch(archiveUrl).then((response) => response.arrayBuffer());
    const pyodide = await loadPyodide({
        indexURL: indexUrl,
        packages: PACKAGES,
        env: { HOME: '/home/pyodide', PYTHONPATH: ARCHIVE_FOLDER },
        checkIntegrity: false, // scripts/vendor has checked every file of the package
        stdout: console.debug,
        stderr: console.warn,
    });
    onProgress(CORE_BOOTED);
    pyodide.unpackArchive(await archive, 'zip', { extractDir: ARCHIVE_FOLDER });
    // The folder is younger than Python's memory of which folders there are.
    const importlib = pyodide.pyimport('importlib');
    importlib.invalidate_caches();
    importlib.destroy();
    onProgress(PACKAGE_MOUNTED);
    const entry = pyodide.pyimport('offcut.runtime.browser');
    return {
        version: pyodide.version,
        cutOut: (picture, request, host) => cutOut(entry, picture, request, host, registry),
    };
}

/**
 * @param {any} entry
 * @param {ArrayBuffer} picture
 * @param {string} request
 * @param {Host} host
 * @param {string} registry
 */
async function cutOut(entry, picture, request, host, registry) {
    try {
        return await entry.cut_out(host, picture, request, registry);
    } catch (error) {
        throw asInternal(error);
    }
}

/**
 * What arrives as an exception is a bug of ours: expected failures are returned as data.
 *
 * @param {unknown} error
 */
function asInternal(error) {
    const { type = 'Error', message = '' } = /** @type {any} */ (error) ?? {};
    const lines = String(message).trim().split('\n');
    return new OffcutError({
        code: type === 'MemoryError' ? 'OUT_OF_MEMORY' : 'INTERNAL',
        stage: 'python',
        message: lines.at(-1) ?? '',
        detail: { type: String(type), trace: lines.slice(-6).join('\n') },
    });
}
