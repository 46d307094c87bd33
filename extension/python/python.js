/**
 * @file Boots Pyodide and calls the pipeline in it.
 *
 * Decides: how an exception of Python becomes a failure (OUT_OF_MEMORY, INTERNAL). What its calls
 * do is in py/offcut/runtime/browser.py.
 *
 * Python stays Python: `py/offcut` is a package of files and is imported by name; nothing is
 * pasted into source text.
 */

import { OffcutError } from '../messages/failure.js';
import { compilePixelKernels, startPixelKernels } from './pixel_kernels.js';
import { startPyodide } from './start_pyodide.js';

/**
 * What Python may call while it works; see `JsHost` in py/offcut/runtime/browser_host.py.
 *
 * @typedef {object} Host
 * @property {(stage: string, fraction: number) => void} report
 * @property {(place: number, count: number) => void} reportFrame  Of a picture that moves.
 * @property {() => boolean} isCancelled
 * @property {(data: Uint8Array<ArrayBuffer>) => Promise<unknown>} openJpeg
 * @property {(modelId: string, feeds: Iterable<[string, number[], Float32Array<ArrayBuffer>]>,
 *     fetch: string) => Promise<unknown>} run
 */

/**
 * @typedef {object} Python
 * @property {string} version
 * @property {(picture: ArrayBuffer, request: string, host: Host) => void} prepare
 * @property {(picture: ArrayBuffer | null, request: string, host: Host) => Promise<any>} cutOut
 * @property {(picture: ArrayBuffer | null, request: string, host: Host) => Promise<any>} findSubject
 * @property {(key: string, request: string) => Promise<any>} preview
 * @property {(key: string, request: string, host: Host) => Promise<any>} save
 * @property {(key: string, request: string, host: Host) => Promise<any>} tap
 * @property {(jobId: string, name: string, picture: ArrayBuffer, request: string) =>
 *     Promise<any>} keepBackground
 * @property {(jobId: string) => void} forget
 */

/**
 * @param {import('../messages/worker_types.js').PythonBoot} boot
 * @param {Promise<import('./png_packer.js').PngPacker | undefined>} packerStart  Other threads
 *     that write PNG files, if there are any.
 * @returns {Promise<Python>}
 */
export async function bootPython({ indexUrl, folderUrl }, packerStart) {
    const [pyodide, code, packer] = await Promise.all([
        startPyodide({ indexUrl, folderUrl }, 'use'),
        compilePixelKernels(),
        packerStart,
    ]);
    const kernels = startPixelKernels(code, pyodide._module.memory);
    const runtime = pyodide.pyimport('offcut.runtime.browser').BrowserRuntime(kernels, packer);
    return {
        version: pyodide.version,
        prepare: (picture, request, host) => runtime.prepare(host, picture, request),
        // Python's None is undefined here.
        cutOut: (picture, request, host) =>
            callPython(runtime.cut_out(host, picture ?? undefined, request)),
        findSubject: (picture, request, host) =>
            callPython(runtime.find_subject(host, picture ?? undefined, request)),
        preview: (key, request) => callPython(runtime.preview(key, request)),
        save: (key, request, host) => callPython(runtime.save(host, key, request)),
        tap: (key, request, host) => callPython(runtime.tap(host, key, request)),
        keepBackground: (jobId, name, picture, request) =>
            callPython(runtime.keep_background(jobId, name, picture, request)),
        forget: (jobId) => runtime.forget(jobId),
    };
}

/** @param {Promise<any>} answer */
async function callPython(answer) {
    try {
        return await answer;
    } catch (error) {
        throw toInternal(error);
    }
}

/**
 * What arrives as an exception is a bug of ours: expected failures are returned as data.
 *
 * @param {unknown} error
 */
function toInternal(error) {
    const { type = 'Error', message = '' } = /** @type {any} */ (error) ?? {};
    const lines = String(message).trim().split('\n');
    return new OffcutError({
        code: type === 'MemoryError' ? 'OUT_OF_MEMORY' : 'INTERNAL',
        stage: 'python',
        message: lines.at(-1) ?? '',
        detail: { type: String(type), trace: lines.slice(-6).join('\n') },
    });
}
