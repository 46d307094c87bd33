/**
 * @file Records between the engine and its workers. No code.
 *
 * Decides: which fields their messages have.
 */

/** @typedef {import('./failure.js').Failure} Failure */
/** @typedef {import('./job_types.js').Timings} Timings */
/** @typedef {import('./model_types.js').Backend} Backend */

/**
 * @typedef {object} PythonBoot
 * @property {string} indexUrl        Folder of the vendored Pyodide, with a trailing slash.
 * @property {string} folderUrl       Folder of the packages and the memory image, with a trailing slash.
 * @property {Int32Array | null} cancelFlag  Shared; element 0 is the number of the job to stop.
 * @property {string} lockName        Web lock that the worker holds for as long as it lives.
 * @property {PngLink[]} png          To the workers that pack PNG rows.
 */

/**
 * Python's way to a PNG worker: a port for bands, and the shared control blocks of its slots; see
 * png_bands.js.
 *
 * @typedef {{ port: MessagePort, controls: Int32Array<SharedArrayBuffer>[] }} PngLink
 */

/** @typedef {{ port: MessagePort, lockName: string }} PngBoot  The port leads to Python. */

/** @typedef {{ pythonVersion: string, leaks: string[] }} PythonBooted */

/**
 * @typedef {object} PngBand
 * @property {Int32Array<SharedArrayBuffer>} control
 * @property {SharedArrayBuffer} output
 * @property {Uint8Array<SharedArrayBuffer>} rows  The row above the band, and the band's.
 * @property {number} rowBytes
 * @property {number} pixelBytes
 * @property {number} filter
 */

/**
 * A picture to be fetched.
 *
 * @typedef {object} PictureRequest
 * @property {number} number    By which it is told of and stopped.
 * @property {string} url
 * @property {boolean} cookies
 * @property {boolean} mayEnter  The answer may come from the user's own network.
 * @property {boolean} isOnline
 */

/**
 * Straight RGBA, upright; its ICC profile in Base64, or ''.
 *
 * @typedef {{ buffer: ArrayBuffer, width: number, height: number, profile: string }} HeifDecoded
 */

/** @typedef {{ number: number, picture: ArrayBuffer | null, request: string }} CutoutRun */
/** @typedef {{ picture: ArrayBuffer, request: string }} CutoutPreparation */
/**
 * @typedef {{ stage: string, fraction: number,
 *     frame?: import('./job_types.js').FrameNumber }} CutoutProgress
 */

/**
 * @typedef {{ ok: true, cutout: Uint8Array<ArrayBuffer>, mediaType: string, width: number,
 *     height: number, timings: Timings, notices: string[],
 *     checks?: import('./job_types.js').Check[], frames?: number,
 *     isBest: boolean }
 *     | { ok: false, failure: Failure }} CutoutReply
 */

/**
 * @typedef {object} ModelBoot
 * @property {string} runtimeUrl   Folder of the vendored onnxruntime-web, with a trailing slash.
 * @property {MessagePort} port    To the Python worker.
 * @property {string} lockName     Web lock that the worker holds for as long as it lives.
 */

/** @typedef {{ threads: number, leaks: string[] }} ModelBooted */

/**
 * @typedef {{ modelId: string, weights: ArrayBuffer, backend: Backend }} ModelLoad  The weights
 *     are verified.
 */

/** @typedef {{ modelId: string, milliseconds: number }} ModelRan */

/**
 * @typedef {{ modelId: string, feeds: ({ name: string } & ModelOutput)[],
 *     fetch: string }} ModelRun
 */

/** @typedef {{ dims: number[], data: Float32Array<ArrayBuffer> }} ModelOutput */

export {};
