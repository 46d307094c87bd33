/**
 * @file The two workers: Python with the pipeline, and the model. Started together, ended apart.
 *
 * Two, because a running inference cannot be aborted: cancelling ends the model worker,
 * which is back in half a second, and leaves Python alone. WebAssembly
 * memory never shrinks either, so each can be let go by itself. Those that pack PNG rows
 * begin and end with Python.
 */

import { offcutError } from '../messages/failure.js';
import { api } from '../platform/browser.js';
import { ModelWorker } from './model_worker.js';
import { PngWorkers } from './png_workers.js';
import { requireSealed, WorkerHandle } from './worker_handle.js';

/** How long Python may take to notice that its job was cancelled, before it is ended. */
const CANCEL_GRACE_MS = 1000;

/** @typedef {import('../messages/worker_types.js').CutoutReply} CutoutReply */
/** @typedef {import('../messages/worker_types.js').CutoutProgress} CutoutProgress */
/** @typedef {import('../messages/edit_types.js').FindReply} FindReply */
/** @typedef {import('../messages/edit_types.js').SaveReply} SaveReply */
/** @typedef {import('../messages/edit_types.js').PreviewReply} PreviewReply */
/** @typedef {import('../messages/failure.js').Failure} Failure */

export class Workers {
    /** @type {WorkerHandle | null} */
    #python = null;
    /** @type {PngWorkers | null} Python's. */
    #png = null;
    #model;
    /** @type {Promise<void> | null} */
    #pythonReady = null;
    /** Shared with Python, where that is allowed: the number of the job to stop. */
    #cancelFlag = globalThis.crossOriginIsolated
        ? new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT))
        : null;
    #runs = 0;
    /** @type {Promise<unknown>} Resolves when no job is running. */
    #idle = Promise.resolve();
    /** @type {string} */
    #stage = '';
    /** @type {(progress: CutoutProgress) => void} */
    #onProgress = () => undefined;
    /** Share of Python's start that is done. */
    bootFraction = 0;
    /** @type {() => void} */
    onBoot = () => undefined;

    /**
     * @param {import('./model_worker.js').OpenWeights} openWeights
     * @param {import('./run_times.js').RunTimes} times
     * @param {import('./gpu.js').Gpu} gpu
     */
    constructor(openWeights, times, gpu) {
        this.#model = new ModelWorker((port) => this.#connect(port), openWeights, times, gpu);
    }

    /** Threads of the model's sessions; 0 until they can start. */
    get threads() {
        return this.#model.threads;
    }

    /**
     * Start what is not running. Both begin at once; each promise is the caller's to await.
     *
     * @returns {{ python: Promise<void>, model: Promise<void> }}
     */
    start() {
        if (!this.#python || !this.#pythonReady) {
            this.stop();
            this.#pythonReady = this.#bootPython();
            // A start that nobody awaits yet must not count as an unhandled rejection.
            this.#pythonReady.catch(() => undefined);
        }
        return {
            python: /** @type {Promise<void>} */ (this.#pythonReady),
            model: this.#model.start(),
        };
    }

    /** @returns {readonly import('../messages/model_types.js').ModelEntry[]} */
    get loadedModels() {
        return this.#model.loaded;
    }

    /**
     * Load the models that a job needs; what no job needs any more may be let go.
     *
     * @param {readonly import('../messages/model_types.js').ModelEntry[]} models
     * @returns {Promise<void>}
     */
    load(models) {
        return this.#model.load(models);
    }

    /**
     * @param {ArrayBuffer} weights  Moved.
     * @returns {Promise<import('../messages/model_types.js').ModelInterface>}
     */
    async inspect(weights) {
        await this.#idle;
        return this.#model.inspect(weights);
    }

    /**
     * Run a model on the test picture, when no job is running.
     *
     * @param {import('../messages/model_types.js').ModelEntry} entry
     * @param {ArrayBuffer} [weights]  Moved; of a model that is not kept yet.
     */
    async tryModel(entry, weights) {
        const { overlap, milliseconds } = await this.runOnTestPicture(entry, weights);
        return { overlap, milliseconds };
    }

    /**
     * The same, with the matte.
     *
     * @param {import('../messages/model_types.js').ModelEntry} entry
     * @param {ArrayBuffer} [weights]
     */
    async runOnTestPicture(entry, weights) {
        await this.#idle;
        return this.#model.tryModel(entry, weights);
    }

    /**
     * What ran on WebGPU in a job that failed shall run on WebAssembly.
     *
     * @param {string} reason
     * @returns {Promise<boolean>}  Whether anything did.
     */
    leaveGpu(reason) {
        return this.#model.leaveGpu(reason);
    }

    /** @param {string} modelId  Whose weights are gone or others now. */
    forget(modelId) {
        this.#model.forget(modelId);
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
    run(picture, request, signal, onProgress) {
        return this.#run('cutout.run', { picture, request }, [picture], signal, onProgress);
    }

    /**
     * Find a picture's subject, for the editor; see `run`.
     *
     * @param {ArrayBuffer} picture  Moved to Python.
     * @param {string} request
     * @param {AbortSignal} signal
     * @param {(progress: CutoutProgress) => void} onProgress
     * @returns {Promise<FindReply>}
     */
    find(picture, request, signal, onProgress) {
        return this.#run('subject.find', { picture, request }, [picture], signal, onProgress);
    }

    /**
     * Make the file of an edit; see `run`.
     *
     * @param {string} key      Of the subject, see py/offcut/editing/edit_sessions.py.
     * @param {string} request  JSON of the edit.
     * @param {AbortSignal} signal
     * @param {AbortSignal} pause  Asks Python to leave off soon; unlike `signal` it never costs
     *     the worker.
     * @returns {Promise<SaveReply>}
     */
    save(key, request, signal, pause) {
        const number = this.#runs + 1;
        pause.addEventListener('abort', () => this.#raiseFlag(number), { once: true });
        return this.#run('subject.save', { key, request }, [], signal, () => undefined);
    }

    /**
     * Paint a preview of an edit, also while a job waits for the network.
     *
     * @param {string} key
     * @param {string} request  JSON of the edit and of `maxPixels`.
     * @returns {Promise<PreviewReply>}
     */
    async preview(key, request) {
        return this.#running().link.request('subject.preview', { key, request });
    }

    /**
     * Give Python a picture for the background of a job's edits.
     *
     * @param {string} jobId
     * @param {string} name
     * @param {ArrayBuffer} picture  Moved.
     * @param {string} request       JSON, may have the size of `pixels`.
     * @returns {Promise<{ ok: true } | { ok: false, failure: Failure }>}
     */
    async giveBackground(jobId, name, picture, request) {
        const { link } = this.#running();
        return link.request('subject.back', { jobId, name, picture, request }, [picture]);
    }

    /** @param {string} jobId  Whose subject and backgrounds are not needed any more. */
    forgetSubject(jobId) {
        if (this.bootFraction < 1) return; // it holds none yet
        this.#python?.link.request('subject.forget', { jobId }).catch(() => undefined);
    }

    #running() {
        if (!this.#python || this.bootFraction < 1) {
            throw offcutError('ENGINE_LOST', 'start_python', 'Python is not running.');
        }
        return this.#python;
    }

    /**
     * @param {string} type
     * @param {object} body
     * @param {Transferable[]} transfer
     * @param {AbortSignal} signal
     * @param {(progress: CutoutProgress) => void} onProgress
     */
    async #run(type, body, transfer, signal, onProgress) {
        const python = this.#running();
        const number = ++this.#runs;
        this.#onProgress = onProgress;
        const finished = new AbortController();
        const cancel = () => this.#cancel(python, number, finished.signal);
        signal.addEventListener('abort', cancel, { once: true });
        const over = Promise.withResolvers();
        this.#idle = over.promise;
        try {
            return await python.link.request(type, { number, ...body }, transfer);
        } finally {
            over.resolve(undefined);
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
        this.#png?.end();
        this.#model.end(error);
        this.#python = this.#pythonReady = this.#png = null;
        this.bootFraction = 0;
    }

    /**
     * @param {WorkerHandle} python
     * @param {number} number
     * @param {AbortSignal} finished
     */
    #cancel(python, number, finished) {
        this.#raiseFlag(number);
        if (this.#stage === 'inference') this.#restartModel();
        const timer = setTimeout(() => {
            if (this.#python !== python) return;
            this.stop(offcutError('CANCELLED', this.#stage, 'Cancelled by ending the worker.'));
        }, CANCEL_GRACE_MS);
        finished.addEventListener('abort', () => clearTimeout(timer), { once: true });
    }

    /** @param {number} number  Of the run that Python is to end. */
    #raiseFlag(number) {
        if (this.#cancelFlag) Atomics.store(this.#cancelFlag, 0, number);
    }

    /** Only the model can be ended without losing Python, which takes long to start. */
    #restartModel() {
        this.#model.end(offcutError('ENGINE_LOST', 'inference', 'The model worker was ended.'));
        this.#model.start();
    }

    /** @param {MessagePort | null} port  To the model worker; null when there is none. */
    #connect(port) {
        this.#python?.link
            .request('python.connect', { port }, port ? [port] : [])
            .catch(() => undefined);
    }

    async #bootPython() {
        const python = new WorkerHandle(
            'python',
            new URL('../python/main.js', import.meta.url),
            {
                'cutout.progressed': (progress) => this.#progressed(progress),
            },
            () => this.stop(),
        );
        const png = new PngWorkers();
        this.#python = python;
        this.#png = png;
        try {
            const boot = {
                indexUrl: api.runtime.getURL('vendor/pyodide/'),
                folderUrl: api.runtime.getURL('py/'),
                cancelFlag: this.#cancelFlag,
                lockName: python.lockName,
                pngPorts: png.ports,
            };
            requireSealed(await python.link.request('python.boot', boot, png.ports));
        } catch (error) {
            if (this.#python === python) this.stop();
            throw error;
        }
        if (this.#python === python) this.bootFraction = 1;
        this.onBoot();
    }

    /** @param {CutoutProgress} progress */
    #progressed(progress) {
        this.#stage = progress.stage;
        this.#onProgress(progress);
    }
}
