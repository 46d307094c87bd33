/**
 * @file The worker that holds Python with the pipeline. The workers that pack PNG rows begin and
 * end with it.
 *
 * Decides: how Python is started, cancelled and asked to pause, and after how long a run that does
 * not stop costs the worker.
 */

import { offcutError } from '../messages/failure.js';
import { api } from '../platform/browser.js';
import { PngWorkers } from './png_workers.js';
import { requireSandboxed, WorkerHandle } from './worker_handle.js';

/** How long Python may take to notice that its run was cancelled. */
const CANCEL_GRACE_MS = 1000;
/** Slower networks are ended to make way; a quick one is sooner done than its worker replaced. */
const PAUSE_GRACE_MS = 1500;

/** @typedef {import('../messages/worker_types.js').CutoutProgress} CutoutProgress */

/**
 * @typedef {object} PythonEvents
 * @property {() => void} onBoot                  Python has started, so `bootFraction` is 1.
 * @property {() => void} onDeath                 It has died, or could not start.
 * @property {(stage: string) => void} onCancel   A run was cancelled, in this stage.
 * @property {(stage: string) => void} onStuck    It goes on with a cancelled run.
 */

/**
 * One run of the pipeline, or of a part of it.
 *
 * @typedef {object} Run
 * @property {string} type                Of the message.
 * @property {object} body
 * @property {Transferable[]} [transfer]
 * @property {AbortSignal} signal         Cancels the run, at the cost of the worker if need be.
 * @property {AbortSignal} [pause]        Asks Python to leave off soon; at most a network is ended.
 * @property {(progress: CutoutProgress) => void} [onProgress]
 */

export class PythonWorker {
    /** @type {WorkerHandle | null} */
    #worker = null;
    /** @type {PngWorkers | null} */
    #png = null;
    /** @type {Promise<void> | null} */
    #ready = null;
    /** Shared with Python, where that is allowed: the number of the run to stop. */
    #cancelFlag = globalThis.crossOriginIsolated
        ? new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT))
        : null;
    #runs = 0;
    #stage = '';
    /** @type {(progress: CutoutProgress) => void} */
    #onProgress = () => undefined;
    /** @type {Promise<unknown>} Resolves when no run is going on. */
    idle = Promise.resolve();
    /** Share of Python's start that is done. */
    bootFraction = 0;
    #events;

    /** @param {PythonEvents} events */
    constructor(events) {
        this.#events = events;
    }

    get isStarted() {
        return this.#ready !== null;
    }

    /** @returns {Promise<void>}  Resolves when it can run. */
    start() {
        this.#ready ??= this.#boot();
        this.#ready.catch(() => undefined); // it is the caller's, but perhaps not yet
        return this.#ready;
    }

    /**
     * End the worker and its memory.
     *
     * @param {Error} error  What open requests fail with.
     */
    end(error) {
        this.#worker?.end(error);
        this.#png?.end();
        this.#worker = this.#ready = this.#png = null;
        this.bootFraction = 0;
    }

    /**
     * @param {MessagePort | null} port  To the model worker; null when there is none.
     */
    connect(port) {
        this.#worker?.link
            .request('python.connect', { port }, port ? [port] : [])
            .catch(() => undefined);
    }

    /**
     * Ask Python for something that is not a run: it is answered also while a run waits.
     *
     * @param {string} type
     * @param {object} body
     * @param {Transferable[]} [transfer]
     * @returns {Promise<any>}
     */
    async request(type, body, transfer) {
        return this.#requireReady().link.request(type, body, transfer);
    }

    /**
     * @param {Run} run  One at a time.
     * @returns {Promise<any>}
     */
    async run({ type, body, transfer, signal, pause, onProgress = () => undefined }) {
        const worker = this.#requireReady();
        const number = ++this.#runs;
        this.#onProgress = onProgress;
        const over = new AbortController();
        this.#heed(worker, number, signal, pause, over.signal);
        const reply = worker.link.request(type, { number, ...body }, transfer);
        this.idle = reply.catch(() => undefined);
        try {
            return await reply;
        } finally {
            over.abort();
            this.#onProgress = () => undefined;
            this.#stage = '';
        }
    }

    /**
     * Let a run be cancelled, at the cost of this worker if need be, or paused.
     *
     * @param {WorkerHandle} worker
     * @param {number} number
     * @param {AbortSignal} signal
     * @param {AbortSignal | undefined} pause
     * @param {AbortSignal} over
     */
    #heed(worker, number, signal, pause, over) {
        const until = { once: true, signal: over };
        const leaveOff = (/** @type {number} */ graceMs, /** @type {() => void} */ insist) => {
            if (this.#cancelFlag) Atomics.store(this.#cancelFlag, 0, number);
            const timer = setTimeout(insist, graceMs);
            over.addEventListener('abort', () => clearTimeout(timer), { once: true });
        };
        const endNetwork = () => this.#events.onCancel(this.#stage);
        const endPython = () => this.#worker === worker && this.#events.onStuck(this.#stage);
        const cancel = () => {
            leaveOff(CANCEL_GRACE_MS, endPython);
            endNetwork();
        };
        signal.addEventListener('abort', cancel, until);
        pause?.addEventListener('abort', () => leaveOff(PAUSE_GRACE_MS, endNetwork), until);
    }

    #requireReady() {
        if (!this.#worker || this.bootFraction < 1) {
            throw offcutError('ENGINE_LOST', 'start_python', 'Python is not running.');
        }
        return this.#worker;
    }

    async #boot() {
        const worker = new WorkerHandle(
            'python',
            new URL('../python/main.js', import.meta.url),
            {
                'cutout.progressed': (progress) => this.#noteProgress(progress),
            },
            () => this.#events.onDeath(),
        );
        const png = new PngWorkers();
        this.#worker = worker;
        this.#png = png;
        try {
            const boot = {
                indexUrl: api.runtime.getURL('vendor/pyodide/'),
                folderUrl: api.runtime.getURL('py/'),
                cancelFlag: this.#cancelFlag,
                lockName: worker.lockName,
                png: png.links,
            };
            const ports = png.links.map(({ port }) => port);
            requireSandboxed(await worker.link.request('python.boot', boot, ports));
        } catch (error) {
            if (this.#worker === worker) this.#events.onDeath();
            throw error;
        }
        if (this.#worker === worker) this.bootFraction = 1;
        this.#events.onBoot();
    }

    /** @param {CutoutProgress} progress */
    #noteProgress(progress) {
        this.#stage = progress.stage;
        this.#onProgress(progress);
    }
}
