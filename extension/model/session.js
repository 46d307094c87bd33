/**
 * @file One model, loaded by onnxruntime-web on WebAssembly.
 */

import { offcutError } from '../messages/failure.js';
import * as ort from '../vendor/onnxruntime/ort.wasm.min.mjs';

/** More threads than this gain nothing on a network as small as u2netp. */
const MAX_THREADS = 4;

/** @typedef {import('../messages/types.js').ModelRun} ModelRun */
/** @typedef {import('../messages/types.js').ModelOutput} ModelOutput */

/**
 * @param {string} runtimeUrl
 * @param {string} modelId
 * @param {ArrayBuffer} weights
 * @returns {Promise<{ threads: number, run: (run: ModelRun) => Promise<ModelOutput> }>}
 */
export async function createSession(runtimeUrl, modelId, weights) {
    // Shared memory, and so threads, only where the document is cross-origin isolated.
    const threads = globalThis.crossOriginIsolated
        ? Math.min(navigator.hardwareConcurrency, MAX_THREADS)
        : 1;
    ort.env.wasm.wasmPaths = runtimeUrl;
    ort.env.wasm.numThreads = threads;
    ort.env.logLevel = 'error';
    const session = await ort.InferenceSession.create(weights, { executionProviders: ['wasm'] });
    return { threads, run: (run) => runOnce(session, modelId, run) };
}

/**
 * @param {ort.InferenceSession} session
 * @param {string} modelId
 * @param {ModelRun} run
 * @returns {Promise<ModelOutput>}
 */
async function runOnce(session, modelId, run) {
    if (run.modelId !== modelId) {
        throw offcutError('UNKNOWN_MODEL', 'inference', `${run.modelId} is not loaded.`, {
            model: run.modelId,
        });
    }
    const feeds = { [run.name]: new ort.Tensor('float32', run.data, run.dims) };
    try {
        const output = (await session.run(feeds, [run.fetch]))[run.fetch];
        if (!output) throw new Error(`the model has no output ${run.fetch}`);
        // The tensor's own buffer belongs to the caller of run(), so it may be moved.
        const data = /** @type {Float32Array<ArrayBuffer>} */ (output.data);
        return { dims: [...output.dims], data };
    } catch (error) {
        throw describe(error);
    }
}

/** @param {unknown} error */
function describe(error) {
    // WebAssembly reports a failed allocation as one of these two kinds.
    const isMemory = error instanceof RangeError || error instanceof WebAssembly.RuntimeError;
    const code = isMemory ? 'OUT_OF_MEMORY' : 'SESSION_FAILED';
    return offcutError(code, 'inference', error instanceof Error ? error.message : String(error));
}
