/**
 * @file Tries models on the graphics card (WebGPU) while there is nothing else to do, and says
 * whether they may run there from then on.
 *
 * Decides: when a test starts, and how long it may take.
 *
 * WebGPU runs in a worker of its own, which a crash may take away, and which is ended when a
 * job begins. The reference is what the worker of the jobs makes of the same picture.
 */

import { offcutError, toFailure } from '../messages/failure.js';
import { judgeGpu } from './gpu_verdict.js';
import { givesMatte } from './prompted_models.js';
import { startModel } from './start_model.js';
import { buffersOf, judge, testRun } from './test_picture.js';

/** How long after the last job a test begins; the next picture mostly comes sooner. */
const IDLE_MS = 5000;
/** Starting, loading, compiling and running it twice; what takes longer is of no use. */
const PATIENCE_MS = 90_000;
/** @typedef {import('../messages/model_types.js').ModelEntry} ModelEntry */
/** @typedef {import('../messages/worker_types.js').ModelOutput} ModelOutput */
/** @typedef {import('../messages/model_types.js').GpuFinding} GpuFinding */

export class GpuTests {
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    #timer;
    /** @type {AbortController} Of the test that is under way. */
    #job = new AbortController();
    #gpu;
    #workers;
    #models;
    #keepWorkersFor;

    /**
     * @param {import('./gpu.js').Gpu} gpu
     * @param {import('./workers.js').Workers} workers
     * @param {import('./models.js').Models} models
     * @param {(work: () => Promise<void>) => Promise<void>} keepWorkersFor
     */
    constructor(gpu, workers, models, keepWorkersFor) {
        this.#gpu = gpu;
        this.#workers = workers;
        this.#models = models;
        this.#keepWorkersFor = keepWorkersFor;
    }

    /** @param {number} active  Jobs that are not over. */
    jobsChanged(active) {
        clearTimeout(this.#timer);
        if (active > 0) this.#job.abort();
        else this.#timer = setTimeout(() => this.#testLoaded(), IDLE_MS);
    }

    /**
     * Test a model, also one that was tested before.
     *
     * @param {ModelEntry} entry
     */
    async again(entry) {
        await this.#gpu.forget(entry);
        if (await this.#gpu.isOpen(entry)) await this.#keepWorkersFor(() => this.#test(entry));
    }

    /** Those of the last job: others may never be used. */
    async #testLoaded() {
        for (const entry of this.#workers.loadedModels.filter(givesMatte)) {
            if (await this.#gpu.isOpen(entry)) await this.#keepWorkersFor(() => this.#test(entry));
        }
    }

    /** @param {ModelEntry} entry */
    async #test(entry) {
        this.#job.abort();
        this.#job = new AbortController();
        const { signal } = this.#job;
        try {
            const finding = await this.#find(entry, signal);
            if (!signal.aborted) await this.#gpu.note(entry, finding);
        } catch (error) {
            if (!signal.aborted) console.warn(`${entry.id} could not be tested:`, error);
        }
    }

    /**
     * @param {ModelEntry} entry
     * @param {AbortSignal} signal
     * @returns {Promise<GpuFinding>}
     */
    async #find(entry, signal) {
        const weights = await this.#models.open(entry);
        /** @type {[Timed, Timed]} */
        let onGpu;
        try {
            onGpu = await runOnGpu(entry, weights, signal);
            for (const { answer } of onGpu) judge(entry, answer);
        } catch (error) {
            return { outcome: 'failed', reason: toFailure(error, 'inference').message };
        }
        signal.throwIfAborted();
        const reference = await this.#workers.runOnTestPicture(entry);
        signal.throwIfAborted();
        const again = await this.#workers.runOnTestPicture(entry);
        return judgeGpu(entry, {
            onGpu: [onGpu[0].answer, onGpu[1].answer],
            reference: reference.answer,
            // The first run compiles.
            gpuMs: onGpu[1].milliseconds,
            wasmMs: Math.min(reference.milliseconds, again.milliseconds),
        });
    }
}

/** @typedef {{ answer: ModelOutput, milliseconds: number }} Timed */

/**
 * @param {ModelEntry} entry
 * @param {ArrayBuffer} weights  Moved.
 * @param {AbortSignal} signal
 * @returns {Promise<[Timed, Timed]>}
 * @throws {import('../messages/failure.js').OffcutError}
 */
async function runOnGpu(entry, weights, signal) {
    signal.throwIfAborted();
    const nothing = () => undefined;
    const { worker, booted } = startModel('gpu-test', true, nothing, nothing);
    const end = (/** @type {import('../messages/failure.js').FailureCode} */ code) =>
        worker.end(offcutError(code, 'inference', 'The graphics card gave no answer in time.'));
    const stop = () => end('CANCELLED');
    const timer = setTimeout(() => end('TIMED_OUT'), PATIENCE_MS);
    signal.addEventListener('abort', stop, { once: true });
    try {
        await booted;
        const body = { modelId: entry.id, weights, backend: 'webgpu' };
        await worker.link.request('model.load', body, [weights]);
        return [await infer(entry, worker), await infer(entry, worker)];
    } finally {
        clearTimeout(timer);
        signal.removeEventListener('abort', stop);
        stop();
    }
}

/**
 * @param {ModelEntry} entry
 * @param {import('./worker_handle.js').WorkerHandle} worker
 * @returns {Promise<Timed>}
 */
async function infer(entry, { link }) {
    const run = testRun(entry);
    const started = performance.now();
    const answer = await link.request('model.run', run, buffersOf(run));
    return { answer, milliseconds: performance.now() - started };
}
