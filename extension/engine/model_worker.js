/**
 * @file The worker that holds onnxruntime-web: its start, its loads, its end.
 *
 * Decides: when models are loaded, kept or dropped, when the worker begins anew, and what happens
 * when WebGPU fails or the worker dies.
 *
 * WebAssembly memory never shrinks: only the end of the worker gives back what a large model
 * took. So models stay loaded while they are small together. When a further one would be too
 * much, or a model changes between WebGPU and WebAssembly, a new worker takes over with no more
 * than what is needed now.
 */

import { offcutError, toFailure } from '../messages/failure.js';
import { LoadedModels } from './loaded_models.js';
import { startModel } from './start_model.js';

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
    #loaded = new LoadedModels();
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
        return this.#loaded.entries;
    }

    /** @returns {Promise<void>}  Resolves when the worker can load models. */
    start() {
        this.#ready ??= this.#boot();
        this.#ready.catch(() => undefined); // it is the caller's, but perhaps not yet
        return this.#ready;
    }

    /** There is a new Python, which a worker that runs already does not know. */
    relink() {
        if (!this.#worker) return;
        const { port1, port2 } = new MessageChannel();
        this.#worker.link.request('model.connect', { port: port2 }, [port2]).catch(() => undefined);
        this.#connect(port1);
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
     * Load a model and use it, while no job is loading one.
     *
     * @template T
     * @param {ModelEntry} entry
     * @param {ArrayBuffer | undefined} weights  Of a model that is not kept yet; moved.
     * @param {(link: import('../messages/worker_link.js').WorkerLink) => Promise<T>} work
     * @returns {Promise<T>}
     */
    use(entry, weights, work) {
        return this.#alone(async () => {
            await this.#load([entry], weights);
            try {
                if (!this.#worker)
                    throw offcutError('ENGINE_LOST', 'inference', 'No model worker.');
                return await work(this.#worker.link);
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
        const hasGpu = this.#hasGpu || !this.#worker;
        if (this.#loaded.needsNewWorker(backends, hasGpu)) {
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
            if (this.#worker === worker) this.#loaded.add(entry, backend);
        }
    }

    /** @param {readonly ModelEntry[]} entries */
    async #chooseBackends(entries) {
        /** @type {Map<ModelEntry, Backend>} */
        const backends = new Map();
        for (const entry of entries) backends.set(entry, await this.#gpu.backendOf(entry));
        return backends;
    }

    async #boot() {
        this.#hasGpu = this.#gpu.isLikely;
        const { worker, port, booted } = startModel(
            'model',
            this.#hasGpu,
            (ran) => this.#times.note(ran, this.#loaded.backendOf(ran.modelId) ?? 'wasm'),
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
