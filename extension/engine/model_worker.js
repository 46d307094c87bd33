/**
 * @file The worker that holds onnxruntime-web, and which models it has loaded.
 *
 * WebAssembly memory never shrinks: what a large model took is given back only by ending the
 * worker. So models stay loaded while they are small together; when a further one would be
 * too much, the worker is begun anew with no more than what is needed now. So it is when a
 * model shall run on WebGPU and did not before, or the other way round.
 */

import { offcutError, toFailure } from '../messages/failure.js';
import { startModel } from './start_model.js';
import { judge, testRun } from './test_picture.js';

/** Weights that may stay loaded together; a running session takes several times as much. */
const KEPT_BYTES = 100_000_000;

/** @typedef {import('../messages/model_types.js').ModelEntry} ModelEntry */
/** @typedef {(entry: ModelEntry) => Promise<ArrayBuffer>} OpenWeights */
/** @typedef {import('../messages/model_types.js').Backend} Backend */

export class ModelWorker {
    /** Threads of the sessions; 0 until the worker has started. */
    threads = 0;
    /** @type {Promise<void> | null} */
    #ready = null;
    /** @type {import('./worker_handle.js').WorkerHandle | null} */
    #worker = null;
    #hasGpu = false;
    /** @type {Map<string, { entry: ModelEntry, backend: Backend }>} */
    #loaded = new Map();
    /** @type {ModelEntry[]} Those of the last load that run on WebGPU. */
    #onGpu = [];
    /** @type {Promise<unknown>} Loads one after the other. */
    #loading = Promise.resolve();
    #connect;
    #openWeights;
    #times;
    #gpu;

    /**
     * @param {(port: MessagePort | null) => void} connect  Hands Python its end of a new link.
     * @param {OpenWeights} openWeights
     * @param {import('./run_times.js').RunTimes} times  Told how long every run took.
     * @param {import('./gpu.js').Gpu} gpu
     */
    constructor(connect, openWeights, times, gpu) {
        this.#connect = connect;
        this.#openWeights = openWeights;
        this.#times = times;
        this.#gpu = gpu;
    }

    /** @returns {ModelEntry[]} */
    get loaded() {
        return [...this.#loaded.values()].map(({ entry }) => entry);
    }

    /** @returns {Promise<void>}  Resolves when the worker can load models. */
    start() {
        this.#ready ??= this.#boot();
        this.#ready.catch(() => undefined); // it is the caller's, but perhaps not yet
        return this.#ready;
    }

    /**
     * Load what is not loaded yet.
     *
     * @param {readonly ModelEntry[]} entries
     * @returns {Promise<void>}
     */
    load(entries) {
        return this.#alone(() => this.#load(entries));
    }

    /**
     * What a network takes and gives.
     *
     * @param {ArrayBuffer} weights  Moved.
     * @returns {Promise<import('../messages/model_types.js').ModelInterface>}
     */
    inspect(weights) {
        return this.#alone(async () => {
            await this.start();
            return this.#worker?.link.request('model.inspect', { weights }, [weights]);
        });
    }

    /**
     * Run a model on the built-in test picture, while no job is loading one.
     *
     * @param {ModelEntry} entry
     * @param {ArrayBuffer} [weights]  Of a model that is not kept yet; moved.
     * @returns {Promise<{ answer: import('../messages/worker_types.js').ModelOutput, overlap: number,
     *     milliseconds: number }>}
     */
    tryModel(entry, weights) {
        return this.#alone(async () => {
            await this.#load([entry], weights);
            const run = testRun(entry);
            const started = performance.now();
            try {
                const answer = await this.#worker?.link.request('model.run', run, [
                    run.data.buffer,
                ]);
                const milliseconds = performance.now() - started;
                return { answer, overlap: judge(entry, answer), milliseconds };
            } catch (error) {
                throw asUnfit(error, entry);
            } finally {
                if (weights) this.forget(entry.id);
            }
        });
    }

    /**
     * End the worker and its memory.
     *
     * @param {Error} error  What open requests fail with.
     */
    end(error) {
        this.#worker?.end(error);
        this.#worker = this.#ready = null;
        this.#loaded.clear();
        this.threads = 0;
    }

    /**
     * WebGPU has failed in a job: those models that ran there shall run on WebAssembly.
     *
     * @param {string} reason
     * @returns {Promise<boolean>}  Whether there were any.
     */
    async leaveGpu(reason) {
        const failed = this.#onGpu.splice(0);
        if (failed.length === 0) return false;
        await Promise.all(failed.map((entry) => this.#gpu.fail(entry, reason)));
        // Whatever is left of the sessions there goes with the worker.
        this.end(offcutError('ENGINE_LOST', 'inference', 'WebGPU has failed.'));
        this.#connect(null);
        return true;
    }

    /** @param {string} modelId  Whose weights are gone or others now. */
    forget(modelId) {
        if (!this.#loaded.has(modelId)) return;
        this.end(offcutError('ENGINE_LOST', 'inference', 'The model was removed.'));
        this.#connect(null);
    }

    /**
     * One after the other: loading may begin the worker anew.
     *
     * @template T
     * @param {() => Promise<T>} work
     * @returns {Promise<T>}
     */
    #alone(work) {
        const done = this.#loading.then(work);
        this.#loading = done.catch(() => undefined);
        return done;
    }

    /**
     * @param {readonly ModelEntry[]} entries
     * @param {ArrayBuffer} [given]  The weights of the only entry.
     * @returns {Promise<void>}
     */
    async #load(entries, given) {
        const backends = await this.#chooseBackends(entries);
        if (this.#mustBeginAnew(backends)) {
            this.end(offcutError('ENGINE_LOST', 'inference', 'The model worker begins anew.'));
        }
        await this.start();
        this.#onGpu = entries.filter((entry) => backends.get(entry) === 'webgpu');
        for (const [entry, backend] of backends) {
            const worker = this.#worker;
            if (!worker) throw offcutError('ENGINE_LOST', 'load_model', 'The model worker ended.');
            if (this.#loaded.has(entry.id)) continue;
            const weights = given ?? (await this.#openWeights(entry));
            const body = { modelId: entry.id, weights, backend };
            try {
                await worker.link.request('model.load', body, [weights]);
            } catch (error) {
                const isOurs = this.#worker !== worker && !worker.isDead;
                if (backend === 'wasm' || isOurs) throw error;
                await this.leaveGpu(toFailure(error, 'load_model').message);
                return this.#load(entries);
            }
            if (this.#worker === worker) this.#loaded.set(entry.id, { entry, backend });
        }
    }

    /** @param {readonly ModelEntry[]} entries */
    async #chooseBackends(entries) {
        /** @type {Map<ModelEntry, Backend>} */
        const backends = new Map();
        for (const entry of entries) backends.set(entry, await this.#gpu.backendOf(entry));
        return backends;
    }

    /** @param {ReadonlyMap<ModelEntry, Backend>} wanted */
    #mustBeginAnew(wanted) {
        const missing = [];
        for (const [entry, backend] of wanted) {
            const loaded = this.#loaded.get(entry.id);
            if (loaded && loaded.backend !== backend) return true;
            if (loaded) continue;
            if (backend === 'webgpu' && this.#worker && !this.#hasGpu) return true;
            missing.push(entry);
        }
        const [kept, more] = [bytesOf(this.loaded), bytesOf(missing)];
        return more > 0 && kept > 0 && kept + more > KEPT_BYTES;
    }

    async #boot() {
        this.#hasGpu = this.#gpu.isLikely;
        const { worker, port, booted } = startModel(
            'model',
            this.#hasGpu,
            (ran) => this.#times.note(ran, this.#loaded.get(ran.modelId)?.backend ?? 'wasm'),
            () => this.#died(worker),
        );
        this.#worker = worker;
        this.#connect(port);
        try {
            const { threads } = await booted;
            if (this.#worker === worker) this.threads = threads;
        } catch (error) {
            this.#died(worker);
            throw error;
        }
    }

    /** @param {import('./worker_handle.js').WorkerHandle} worker */
    #died(worker) {
        if (this.#worker !== worker) return;
        this.end(offcutError('ENGINE_LOST', 'inference', 'The model worker died.'));
        // The run that waits for it in Python fails now; the next start brings a new one.
        this.#connect(null);
    }
}

/** @param {readonly ModelEntry[]} entries */
function bytesOf(entries) {
    return entries.reduce((total, { bytes }) => total + bytes, 0);
}

/**
 * A network that cannot be run as its description says is not the one described.
 *
 * @param {unknown} error
 * @param {ModelEntry} entry
 */
function asUnfit(error, { title }) {
    const failure = toFailure(error, 'load_model');
    if (failure.code !== 'SESSION_FAILED') return error;
    const reason = failure.message;
    return offcutError('MODEL_UNFIT', 'load_model', reason, { title, reason });
}
