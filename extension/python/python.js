/**
 * @file Boots Pyodide and calls the pipeline in it.
 *
 * Python stays Python: `py/offcut` is a package of files and is imported by name; nothing is
 * pasted into source text.
 */

import { OffcutError } from '../messages/failure.js';
import { compilePixelLoops, startPixelLoops } from './pixel_loops.js';
import { startPyodide } from './start_pyodide.js';

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
 * @property {(helper: import('./png_helper.js').PngHelper) => void} lendPngHelper
 * @property {(picture: ArrayBuffer, request: string, host: Host) =>
 *     Promise<import('../messages/worker_types.js').CutoutReply>} cutOut
 * @property {(picture: ArrayBuffer, request: string, host: Host) => Promise<any>} findSubject
 * @property {(key: string, request: string) => Promise<any>} preview
 * @property {(key: string, request: string, host: Host) => Promise<any>} save
 * @property {(jobId: string, name: string, picture: ArrayBuffer, request: string) =>
 *     Promise<any>} keepBackground
 * @property {(jobId: string) => void} forget
 */

/**
 * @param {import('../messages/worker_types.js').PythonBoot} boot
 * @returns {Promise<Python>}
 */
export async function bootPython({ indexUrl, folderUrl }) {
    const [pyodide, loops] = await Promise.all([
        startPyodide({ indexUrl, folderUrl }, 'use'),
        compilePixelLoops(),
    ]);
    pyodide
        .pyimport('offcut.runtime.browser_loops')
        .lend(startPixelLoops(loops, pyodide._module.memory));
    const entry = pyodide.pyimport('offcut.runtime.browser');
    return {
        version: pyodide.version,
        lendPngHelper: (helper) =>
            pyodide.pyimport('offcut.runtime.browser_png').lend_helper(helper),
        cutOut: (picture, request, host) => asked(entry.cut_out(host, picture, request)),
        findSubject: (picture, request, host) => asked(entry.find_subject(host, picture, request)),
        preview: (key, request) => asked(entry.preview(key, request)),
        save: (key, request, host) => asked(entry.save(host, key, request)),
        keepBackground: (jobId, name, picture, request) =>
            asked(entry.keep_background(jobId, name, picture, request)),
        forget: (jobId) => entry.forget(jobId),
    };
}

/** @param {Promise<any>} answer */
async function asked(answer) {
    try {
        return await answer;
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
