/**
 * @file The two workers: Python with the pipeline, and the model. Started together, ended apart.
 *
 * Decides: which of the two ends when a job is cancelled or stuck. It passes the rest on: how
 * Python runs is in python_worker.js, which models are loaded in model_worker.js.
 *
 * Two, because a running inference cannot be aborted: cancelling ends the model worker, which is
 * back in half a second, and leaves Python alone. WebAssembly memory never shrinks either, so
 * each can be let go by itself.
 */

import { offcutError } from '../messages/failure.js';
import { ModelWorker } from './model_worker.js';
import { PythonWorker } from './python_worker.js';
import { tryModel } from './try_model.js';

/** @typedef {import('../messages/model_types.js').ModelEntry} ModelEntry */
/** @typedef {import('../messages/worker_types.js').CutoutProgress} CutoutProgress */
/** @typedef {import('../messages/worker_types.js').CutoutReply} CutoutReply */
/** @typedef {import('../messages/edit_types.js').FindReply} FindReply */
/** @typedef {import('../messages/edit_types.js').SaveReply} SaveReply */
/** @typedef {import('../messages/edit_types.js').PreviewReply} PreviewReply */
/** @typedef {import('../messages/edit_types.js').TapReply} TapReply */
/** @typedef {import('../messages/failure.js').Failure} Failure */
/** @typedef {import('./python_worker.js').Run} Run */

export class Workers {
    #python = new PythonWorker({
        onBoot: () => this.onBoot(),
        onDeath: () => this.stop(),
        onCancel: (stage) => {
            if (stage === 'inference') this.restartModel();
        },
        onStuck: (stage) =>
            this.stop(offcutError('CANCELLED', stage, 'Cancelled by ending the worker.')),
    });
    #model;
    /** @type {() => void} */
    onBoot = () => undefined;
    /** @type {(request: string) => void} The network begins to work for a run. */
    onNetwork = () => undefined;

    /**
     * @param {import('./model_worker.js').OpenWeights} openWeights
     * @param {import('./run_times.js').RunTimes} times
     * @param {import('./gpu.js').Gpu} gpu
     */
    constructor(openWeights, times, gpu) {
        const connect = (/** @type {MessagePort | null} */ port) => this.#python.connect(port);
        this.#model = new ModelWorker(connect, openWeights, times, gpu);
    }

    /** Share of Python's start that is done. */
    get bootFraction() {
        return this.#python.bootFraction;
    }

    /** Threads of the model's sessions; 0 until they can start. */
    get threads() {
        return this.#model.threads;
    }

    /** @returns {readonly ModelEntry[]} */
    get loadedModels() {
        return this.#model.loaded;
    }

    /**
     * Start what is not running. Both begin at once; each promise is the caller's to await.
     *
     * @returns {{ python: Promise<void>, model: Promise<void> }}
     */
    start() {
        const isNew = !this.#python.isStarted;
        const python = this.#python.start();
        if (isNew) this.#model.relink();
        return { python, model: this.#model.start() };
    }

    /**
     * End both workers and let go of their memory.
     *
     * @param {Error} [error]  What open requests fail with.
     */
    stop(error = offcutError('ENGINE_LOST', 'engine', 'The engine was stopped.')) {
        this.#python.end(error);
        this.#model.end(error);
    }

    /**
     * Load the models that a job needs; what no job needs any more may be let go.
     *
     * @param {readonly ModelEntry[]} models
     * @returns {Promise<void>}
     */
    load(models) {
        return this.#model.load(models);
    }

    /** @param {string} modelId  Whose weights are gone or others now. */
    forget(modelId) {
        this.#model.forget(modelId);
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

    /**
     * What a network takes and gives; looked at when no job is running.
     *
     * @param {ArrayBuffer} weights  Moved.
     * @returns {Promise<import('../messages/model_types.js').ModelInterface>}
     */
    async inspect(weights) {
        await this.#python.idle;
        return this.#model.inspect(weights);
    }

    /**
     * Run a model on the test picture, when no job is running.
     *
     * @param {ModelEntry} entry
     * @param {ArrayBuffer} [weights]  Moved; of a model that is not kept yet.
     */
    async tryModel(entry, weights) {
        const { overlap, milliseconds } = await this.runOnTestPicture(entry, weights);
        return { overlap, milliseconds };
    }

    /**
     * The same, with the matte.
     *
     * @param {ModelEntry} entry
     * @param {ArrayBuffer} [weights]
     */
    async runOnTestPicture(entry, weights) {
        await this.#python.idle;
        return tryModel(this.#model, entry, weights);
    }

    /**
     * Run the pipeline over one picture; one run at a time.
     *
     * @param {ArrayBuffer | null} picture  Moved to Python; null to go on from a quick result.
     * @param {string} request       JSON of the options, see runtime/browser.py.
     * @param {AbortSignal} signal
     * @param {Run['onProgress']} onProgress
     * @param {AbortSignal} [pause]
     * @returns {Promise<CutoutReply | import('../messages/edit_types.js').MissingResource>}
     */
    run(picture, request, signal, onProgress, pause) {
        const transfer = picture ? [picture] : [];
        const run = { type: 'cutout.run', body: { picture, request }, transfer };
        let isAsked = false;
        const onStage = (/** @type {CutoutProgress} */ progress) => {
            onProgress?.(progress);
            if (progress.stage !== 'inference' || isAsked) return;
            isAsked = true;
            this.onNetwork(request);
        };
        return this.#python.run({ ...run, signal, onProgress: onStage, pause });
    }

    /**
     * Have Python begin a job whose run comes next, while it waits in the run before.
     *
     * @param {ArrayBuffer} picture  Moved to Python.
     * @param {string} request       As `run` will get it.
     */
    prepare(picture, request) {
        this.#python
            .request('cutout.prepare', { picture, request }, [picture])
            .catch((error) => console.debug('not begun ahead of its turn:', error));
    }

    /**
     * Find a picture's subject, for the editor; see `run`.
     *
     * @param {ArrayBuffer | null} picture  Moved to Python.
     * @param {string} request
     * @param {AbortSignal} signal
     * @param {Run['onProgress']} onProgress
     * @returns {Promise<FindReply>}
     */
    find(picture, request, signal, onProgress) {
        const transfer = picture ? [picture] : [];
        const run = { type: 'subject.find', body: { picture, request }, transfer };
        return this.#python.run({ ...run, signal, onProgress });
    }

    /**
     * Make the file of an edit; see `run`.
     *
     * @param {string} key      Of the subject, see py/offcut/editing/edit_sessions.py.
     * @param {string} request  JSON of the edit.
     * @param {AbortSignal} signal
     * @param {AbortSignal} pause
     * @returns {Promise<SaveReply>}
     */
    save(key, request, signal, pause) {
        return this.#python.run({ type: 'subject.save', body: { key, request }, signal, pause });
    }

    /**
     * Paint a preview of an edit, also while a job waits for the network.
     *
     * @param {string} key
     * @param {string} request  JSON of the edit and of `maxPixels`.
     * @returns {Promise<PreviewReply>}
     */
    preview(key, request) {
        return this.#python.request('subject.preview', { key, request });
    }

    /**
     * Find what a tap may mean, by the network; see `run`.
     *
     * @param {string} key
     * @param {string} request  JSON of the edit, the tap and the models.
     * @param {AbortSignal} signal
     * @returns {Promise<TapReply>}
     */
    tap(key, request, signal) {
        return this.#python.run({ type: 'subject.tap', body: { key, request }, signal });
    }

    /**
     * The same for a pointer that hovers, also while a job waits for the network.
     *
     * @param {string} key
     * @param {string} request
     * @returns {Promise<TapReply>}
     */
    hover(key, request) {
        return this.#python.request('subject.tap', { number: 0, key, request });
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
    giveBackground(jobId, name, picture, request) {
        const body = { jobId, name, picture, request };
        return this.#python.request('subject.back', body, [picture]);
    }

    /** @param {string} jobId  Whose subject and backgrounds are not needed any more. */
    forgetSubject(jobId) {
        // A Python that is not running holds none.
        this.#python.request('subject.forget', { jobId }).catch(() => undefined);
    }

    /** Only the model can be ended without losing Python, which takes long to start. */
    restartModel() {
        this.#model.end(offcutError('ENGINE_LOST', 'inference', 'The model worker was ended.'));
        this.#model.start();
    }
}
