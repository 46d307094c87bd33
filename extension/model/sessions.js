/**
 * @file The loaded models as sessions of onnxruntime-web: on WebAssembly, or on WebGPU if this
 * worker's build of onnxruntime-web has it.
 *
 * Decides: the number of threads, the backend, the options of a session, OUT_OF_MEMORY and
 * SESSION_FAILED, NOT_A_MODEL.
 */

import { offcutError } from '../messages/failure.js';
import { GpuGuard } from './gpu_guard.js';
import { SMALLEST_MODEL } from './smallest_model.js';

/** For a network as small as u2netp more threads are no faster. */
const MAX_THREADS = 4;

/** @typedef {import('../messages/worker_types.js').ModelRun} ModelRun */
/** @typedef {import('../messages/worker_types.js').ModelOutput} ModelOutput */
/** @typedef {import('../messages/model_types.js').Backend} Backend */
/** @typedef {typeof import('../vendor/onnxruntime/ort.wasm.min.mjs')} Runtime */
/** @typedef {import('../vendor/onnxruntime/ort.wasm.min.mjs').InferenceSession} InferenceSession */

export class Sessions {
    /** @type {Map<string, { session: InferenceSession, guard: GpuGuard | null }>} */
    #sessions = new Map();
    #ort;

    /** @param {Runtime} ort */
    constructor(ort) {
        this.#ort = ort;
    }

    /**
     * Load WebAssembly and start its threads. Afterwards nothing needs to be fetched.
     *
     * @param {string} runtimeUrl  Folder of onnxruntime-web.
     * @returns {Promise<number>}  Threads of every session.
     */
    async start(runtimeUrl) {
        // Threads need shared memory, which only a cross-origin isolated document has.
        const threads = globalThis.crossOriginIsolated
            ? Math.min(navigator.hardwareConcurrency, MAX_THREADS)
            : 1;
        const { env, InferenceSession } = this.#ort;
        env.wasm.wasmPaths = runtimeUrl;
        env.wasm.numThreads = threads;
        env.logLevel = 'error';
        // The runtime starts with its first session; there is no other way to start it.
        const first = await InferenceSession.create(
            SMALLEST_MODEL.slice().buffer,
            sessionOptions(),
        );
        await first.release();
        return threads;
    }

    /**
     * @param {string} modelId
     * @param {ArrayBuffer} weights  Verified.
     * @param {Backend} backend
     * @throws {import('../messages/failure.js').OffcutError}  SESSION_FAILED, OUT_OF_MEMORY.
     */
    async load(modelId, weights, backend) {
        const { env, InferenceSession } = this.#ort;
        try {
            const session = await InferenceSession.create(weights, sessionOptions(backend));
            const guard = backend === 'webgpu' ? new GpuGuard(env.webgpu.device) : null;
            this.#sessions.set(modelId, { session, guard });
        } catch (error) {
            throw sessionError(error, 'load_model');
        }
    }

    /**
     * @param {ArrayBuffer} weights
     * @returns {Promise<import('../messages/model_types.js').ModelInterface>}
     * @throws {import('../messages/failure.js').OffcutError}  NOT_A_MODEL.
     */
    async inspect(weights) {
        try {
            const session = await this.#ort.InferenceSession.create(weights, sessionOptions());
            const described = { inputs: session.inputMetadata, outputs: session.outputMetadata };
            await session.release();
            return structuredClone(described);
        } catch (error) {
            const reason = error instanceof Error ? error.message : String(error);
            throw offcutError('NOT_A_MODEL', 'load_model', reason, { kind: 'damaged' });
        }
    }

    /**
     * @param {ModelRun} run
     * @returns {Promise<ModelOutput>}
     */
    async run(run) {
        const loaded = this.#sessions.get(run.modelId);
        if (!loaded) {
            throw offcutError('UNKNOWN_MODEL', 'inference', `${run.modelId} is not loaded.`, {
                model: run.modelId,
            });
        }
        const { session, guard } = loaded;
        const { Tensor } = this.#ort;
        const feeds = Object.fromEntries(
            run.feeds.map(({ name, dims, data }) => [name, new Tensor('float32', data, dims)]),
        );
        const infer = () => session.run(feeds, [run.fetch]);
        try {
            const output = (await (guard ? guard.watch(infer) : infer()))[run.fetch];
            if (!output) throw new Error(`the model has no output ${run.fetch}`);
            // run() gives its caller a buffer of its own, so it may be transferred.
            const data = /** @type {Float32Array<ArrayBuffer>} */ (output.data);
            return { dims: [...output.dims], data };
        } catch (error) {
            throw sessionError(error, 'inference');
        }
    }
}

/**
 * Options for one session; onnxruntime writes into them, so no two sessions share them.
 *
 * In sequential mode onnxruntime keeps the memory of a tensor for later ones of the same size; in
 * parallel mode it frees it, which saves 50 MB. As onnxruntime-web has one thread between
 * operators, the parallel mode runs them one after the other too.
 *
 * @param {Backend} [backend]
 * @returns {Parameters<Runtime['InferenceSession']['create']>[1]}
 */
function sessionOptions(backend = 'wasm') {
    return {
        executionProviders: [backend],
        executionMode: backend === 'wasm' ? 'parallel' : 'sequential',
    };
}

/**
 * @param {unknown} error
 * @param {string} stage
 */
function sessionError(error, stage) {
    const reason = error instanceof Error ? error.message : String(error);
    // WebAssembly reports a failed allocation as one of these two errors, onnxruntime in words: C++
    // has thrown it, or an allocator of its own says how much it could not get.
    const isMemory =
        error instanceof RangeError ||
        error instanceof WebAssembly.RuntimeError ||
        /bad_alloc|failed to allocate|out of memory/i.test(reason);
    return offcutError(isMemory ? 'OUT_OF_MEMORY' : 'SESSION_FAILED', stage, reason);
}
