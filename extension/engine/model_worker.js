/**
 * @file The worker that holds onnxruntime-web, and which models it has loaded.
 *
 * WebAssembly memory never shrinks: what a large model took is given back only by ending the
 * worker. So models stay loaded while they are small together; when a further one would be
 * too much, the worker is begun anew with no more than what is needed now.
 */

import { offcutError, toFailure } from '../messages/failure.js';
import { api } from '../platform/browser.js';
import { judge, testRun } from './test_picture.js';
import { requireSealed, WorkerHandle } from './worker_handle.js';

/** Weights that may stay loaded together; a running session takes several times as much. */
const KEPT_BYTES = 100_000_000;

/** @typedef {import('../messages/types.js').ModelEntry} ModelEntry */
/** @typedef {(entry: ModelEntry) => Promise<ArrayBuffer>} OpenWeights */

export class ModelWorker {
    /** Threads of the sessions; 0 until the worker has started. */
    threads = 0;
    /** @type {Promise<void> | null} */
    #ready = null;
    /** @type {WorkerHandle | null} */
    #worker = null;
    /** @type {Map<string, number>} Bytes of the weights of each loaded model. */
    #loaded = new Map();
    /** @type {Promise<unknown>} Loads one after the other. */
    #loading = Promise.resolve();
    #connect;
    #openWeights;
    #times;

    /**
     * @param {(port: MessagePort | null) => void} connect  Hands Python its end of a new link.
     * @param {OpenWeights} openWeights
     * @param {import('./run_times.js').RunTimes} times  Told how long every run took.
     */
    constructor(connect, openWeights, times) {
        this.#connect = connect;
        this.#openWeights = openWeights;
        this.#times = times;
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
     * @returns {Promise<import('../messages/types.js').ModelInterface>}
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
     * @returns {Promise<{ overlap: number, milliseconds: number }>}
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
                return { overlap: judge(entry, answer), milliseconds };
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
     */
    async #load(entries, given) {
        const missing = entries.filter(({ id }) => !this.#loaded.has(id));
        const bytes = missing.reduce((total, entry) => total + entry.bytes, 0);
        const kept = [...this.#loaded.values()].reduce((total, each) => total + each, 0);
        if (missing.length > 0 && kept > 0 && kept + bytes > KEPT_BYTES) {
            this.end(offcutError('ENGINE_LOST', 'inference', 'The model worker begins anew.'));
        }
        await this.start();
        for (const entry of entries) {
            const worker = this.#worker;
            if (!worker) throw offcutError('ENGINE_LOST', 'load_model', 'The model worker ended.');
            if (this.#loaded.has(entry.id)) continue;
            const weights = given ?? (await this.#openWeights(entry));
            await worker.link.request('model.load', { modelId: entry.id, weights }, [weights]);
            if (this.#worker === worker) this.#loaded.set(entry.id, entry.bytes);
        }
    }

    async #boot() {
        const { port1, port2 } = new MessageChannel();
        const worker = new WorkerHandle(
            'model',
            new URL('../model/main.js', import.meta.url),
            { 'model.ran': (ran) => this.#times.note(ran) },
            () => this.#died(worker),
        );
        this.#worker = worker;
        this.#connect(port1);
        try {
            const boot = {
                runtimeUrl: api.runtime.getURL('vendor/onnxruntime/'),
                port: port2,
                lockName: worker.lockName,
            };
            const booted = await worker.link.request('model.boot', boot, [port2]);
            requireSealed(booted);
            if (this.#worker === worker) this.threads = booted.threads;
        } catch (error) {
            this.#died(worker);
            throw error;
        }
    }

    /** @param {WorkerHandle} worker */
    #died(worker) {
        if (this.#worker !== worker) return;
        this.end(offcutError('ENGINE_LOST', 'inference', 'The model worker died.'));
        // The run that waits for it in Python fails now; the next start brings a new one.
        this.#connect(null);
    }
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
