/**
 * @file The two workers: Python with the pipeline, and the model. Started together, ended apart.
 *
 * Two, because a running inference cannot be aborted: cancelling ends the model worker,
 * which is back in half a second, and leaves Python alone. WebAssembly
 * memory never shrinks either, so each can be let go by itself.
 */

import { offcutError } from '../messages/failure.js';
import { api } from '../platform/browser.js';
import { readRegistry, readWeights } from './weights.js';
import { WorkerHandle } from './worker_handle.js';

/** The model that is in the package. */
const MODEL_ID = 'u2netp';
/** How long Python may take to notice that its job was cancelled, before it is ended. */
const CANCEL_GRACE_MS = 1000;

/** @typedef {import('../messages/types.js').CutoutReply} CutoutReply */
/** @typedef {import('../messages/types.js').CutoutProgress} CutoutProgress */

export class Workers {
    /** Threads of the model's session; 0 until it has started. */
    threads = 0;
    /** @type {WorkerHandle | null} */
    #python = null;
    /** @type {WorkerHandle | null} */
    #model = null;
    /** @type {Promise<void> | null} */
    #pythonReady = null;
    /** @type {Promise<void> | null} */
    #modelReady = null;
    /** Shared with Python, where that is allowed: the number of the job to stop. */
    #cancelFlag = globalThis.crossOriginIsolated
        ? new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT))
        : null;
    #runs = 0;
    /** @type {string} */
    #stage = '';
    /** @type {(progress: CutoutProgress) => void} */
    #onProgress = () => undefined;
    /** Share of Python's start that is done. */
    bootFraction = 0;
    /** @type {() => void} */
    onBoot = () => undefined;

    /**
     * Start what is not running. Both begin at once; each promise is the caller's to await.
     *
     * @returns {{ python: Promise<void>, model: Promise<void> }}
     */
    start() {
        if (!this.#python || !this.#pythonReady) this.#startBoth();
        else if (!this.#model || !this.#modelReady) this.#restartModel();
        return {
            python: /** @type {Promise<void>} */ (this.#pythonReady),
            model: /** @type {Promise<void>} */ (this.#modelReady),
        };
    }

    /**
     * Run the pipeline over one picture; one run at a time.
     *
     * @param {ArrayBuffer} picture  Moved to Python.
     * @param {string} request       JSON of the options, see runtime/browser.py.
     * @param {AbortSignal} signal
     * @param {(progress: CutoutProgress) => void} onProgress
     * @returns {Promise<CutoutReply>}
     */
    async run(picture, request, signal, onProgress) {
        const python = this.#python;
        if (!python) throw offcutError('ENGINE_LOST', 'start_python', 'Python is not running.');
        const number = ++this.#runs;
        this.#onProgress = onProgress;
        const finished = new AbortController();
        const cancel = () => this.#cancel(python, number, finished.signal);
        signal.addEventListener('abort', cancel, { once: true });
        try {
            return await python.link.request('cutout.run', { number, picture, request }, [picture]);
        } finally {
            finished.abort();
            signal.removeEventListener('abort', cancel);
            this.#onProgress = () => undefined;
            this.#stage = '';
        }
    }

    /**
     * End both workers and let go of their memory.
     *
     * @param {Error} [error]  What open requests fail with.
     */
    stop(error = offcutError('ENGINE_LOST', 'engine', 'The engine was stopped.')) {
        this.#python?.end(error);
        this.#model?.end(error);
        this.#python = this.#model = this.#pythonReady = this.#modelReady = null;
        this.bootFraction = 0;
        this.threads = 0;
    }

    /**
     * @param {WorkerHandle} python
     * @param {number} number
     * @param {AbortSignal} finished
     */
    #cancel(python, number, finished) {
        if (this.#cancelFlag) Atomics.store(this.#cancelFlag, 0, number);
        if (this.#stage === 'inference') this.#restartModel();
        const timer = setTimeout(() => {
            if (this.#python !== python) return;
            this.stop(offcutError('CANCELLED', this.#stage, 'Cancelled by ending the worker.'));
        }, CANCEL_GRACE_MS);
        finished.addEventListener('abort', () => clearTimeout(timer), { once: true });
    }

    #startBoth() {
        this.stop();
        const registry = readRegistry();
        const { port1, port2 } = new MessageChannel();
        this.#pythonReady = this.#bootPython(registry, port1);
        this.#modelReady = this.#bootModel(registry, port2);
        this.#keepQuiet();
    }

    #restartModel() {
        this.#model?.end(offcutError('ENGINE_LOST', 'inference', 'The model worker was ended.'));
        this.threads = 0;
        this.onBoot();
        const { port1, port2 } = new MessageChannel();
        this.#python?.link
            .request('python.connect', { port: port1 }, [port1])
            .catch(() => undefined);
        this.#modelReady = this.#bootModel(readRegistry(), port2);
        this.#keepQuiet();
    }

    /** A start that nobody awaits yet must not count as an unhandled rejection. */
    #keepQuiet() {
        this.#pythonReady?.catch(() => undefined);
        this.#modelReady?.catch(() => undefined);
    }

    /**
     * @param {Promise<string>} registry
     * @param {MessagePort} port
     */
    async #bootPython(registry, port) {
        const python = new WorkerHandle(
            'python',
            new URL('../python/main.js', import.meta.url),
            {
                'cutout.progressed': (progress) => this.#progressed(progress),
            },
            () => this.stop(),
        );
        this.#python = python;
        try {
            const boot = {
                indexUrl: api.runtime.getURL('vendor/pyodide/'),
                folderUrl: api.runtime.getURL('py/'),
                registry: await registry,
                port,
                cancelFlag: this.#cancelFlag,
                lockName: python.lockName,
            };
            requireSealed(await python.link.request('python.boot', boot, [port]));
        } catch (error) {
            if (this.#python === python) this.stop();
            throw error;
        }
        if (this.#python === python) this.bootFraction = 1;
        this.onBoot();
    }

    /**
     * @param {Promise<string>} registry
     * @param {MessagePort} port
     */
    async #bootModel(registry, port) {
        const model = new WorkerHandle(
            'model',
            new URL('../model/main.js', import.meta.url),
            {},
            () => this.#modelDied(model),
        );
        this.#model = model;
        try {
            const weights = await readWeights(await registry, MODEL_ID);
            const boot = {
                runtimeUrl: api.runtime.getURL('vendor/onnxruntime/'),
                modelId: MODEL_ID,
                weights,
                port,
                lockName: model.lockName,
            };
            const booted = await model.link.request('model.boot', boot, [weights, port]);
            requireSealed(booted);
            if (this.#model === model) this.threads = booted.threads;
        } catch (error) {
            if (this.#model === model) this.#modelDied(model);
            throw error;
        }
        this.onBoot();
    }

    /** @param {WorkerHandle} model */
    #modelDied(model) {
        if (this.#model !== model) return;
        model.end(offcutError('ENGINE_LOST', 'inference', 'The model worker died.'));
        this.#model = this.#modelReady = null;
        this.threads = 0;
        this.onBoot();
        // The run that waits for it in Python fails now; the next start brings a new one.
        this.#python?.link.request('python.connect', { port: null }).catch(() => undefined);
    }

    /** @param {CutoutProgress} progress */
    #progressed(progress) {
        this.#stage = progress.stage;
        this.#onProgress(progress);
    }
}

/**
 * A worker that could still reach out gets no picture.
 *
 * @param {{ leaks: string[] }} booted
 */
function requireSealed({ leaks }) {
    if (leaks.length === 0) return;
    throw offcutError('INTERNAL', 'engine', 'A worker is not sealed.', { leaks: leaks.join() });
}
