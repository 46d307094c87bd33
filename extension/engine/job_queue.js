/**
 * @file The order of the jobs: their pictures are fetched side by side, and cut out one after
 * the other.
 *
 * Decides: which job is next and how many are ahead, that edits go before the next job and better
 * results after all of them, which failures restart the workers.
 */

import { CODES } from '../messages/facts.js';
import { toFailure } from '../messages/failure.js';
import { place } from './job_progress.js';

/** After these codes a worker may be broken for good, so the next job gets new workers. */
export const BREAKING_CODES = new Set([...CODES.InferenceError, 'INTERNAL']);

/** @typedef {import('./job.js').Job} Job */
/** @typedef {import('../messages/job_types.js').ImageSource} ImageSource */
/** @typedef {import('../messages/job_types.js').Cutout} Cutout */

/**
 * @typedef {object} QueueParts
 * @property {(source: ImageSource, signal: AbortSignal, onProgress: (fraction: number) => void)
 *     => Promise<Blob>} fetchPicture
 * @property {(job: Job) => Promise<Cutout>} cutOut  Runs a job whose picture is here.
 * @property {() => void} stopWorkers
 * @property {() => void} onFree  Called after each job and task, before the next one begins.
 */

export class JobQueue {
    /** @type {Job[]} Jobs whose picture is here, in the order in which they run. */
    #ready = [];
    /** @type {Set<Job>} Those whose picture is not here yet. */
    #coming = new Set();
    /** @type {Job | null} */
    #running = null;
    /** @type {(() => Promise<void>)[]} They run before the next job. */
    #tasks = [];
    #isTaskRunning = false;
    /** @type {((pause: AbortSignal) => Promise<void>)[]} They run when nothing else is to be done. */
    #later = [];
    /** @type {AbortController | null} Of the one that runs: something else is to be done. */
    #pause = null;
    #parts;

    /** @param {QueueParts} parts */
    constructor(parts) {
        this.#parts = parts;
    }

    /** Whether a job or a task has the workers; a cancelled job has them until they let go. */
    get isBusy() {
        return this.#running !== null || this.#isTaskRunning || this.#pause !== null;
    }

    /** The job that has the workers, if any. */
    get running() {
        return this.#running;
    }

    /** The job that comes next, if its picture is here and nothing else goes first. */
    get next() {
        return this.#tasks.length === 0 ? this.#ready[0] : undefined;
    }

    /**
     * Fetch a job's picture, then run the job in its turn.
     *
     * @param {Job} job
     * @param {ImageSource | Promise<ImageSource>} awaited
     */
    async add(job, awaited) {
        this.#coming.add(job);
        this.#pause?.abort(); // the workers are free when its picture is here
        this.update();
        try {
            await this.#fetch(job, await awaited);
        } catch (error) {
            job.failWith(error);
        }
        this.#coming.delete(job);
        if (job.isOver) {
            this.#next();
            return;
        }
        this.#ready.push(job);
        this.update();
        this.#next();
    }

    /**
     * Run something before the next job, with the workers for itself.
     *
     * @template T
     * @param {() => Promise<T>} work
     * @returns {Promise<T>}
     */
    runAlone(work) {
        return new Promise((resolve, reject) => {
            // Async, so that work that throws at once fails like any other.
            this.#tasks.push(async () => (async () => work())().then(resolve, reject));
            this.#pause?.abort();
            this.#next();
        });
    }

    /**
     * Run something when there is no job and no task, with the workers for itself.
     *
     * @template T
     * @param {(pause: AbortSignal) => Promise<T>} work  Ends soon when it is to make way.
     * @returns {Promise<T>}
     */
    runLater(work) {
        return new Promise((resolve, reject) => {
            this.#later.push(async (pause) => (async () => work(pause))().then(resolve, reject));
            this.#next();
        });
    }

    /** Take out the jobs that have ended while they waited, and tell the others their places. */
    update() {
        this.#ready = this.#ready.filter((job) => !job.isOver);
        const running = this.#running?.isOver ? null : this.#running;
        if (running) {
            running.state = 'running';
            running.ahead = 0;
        }
        const first = running ? 1 : 0;
        for (const [index, job] of this.#ready.entries()) place(job, first + index);
        for (const job of this.#coming) {
            if (!job.isOver) place(job, first + this.#ready.length);
        }
    }

    /**
     * @param {Job} job
     * @param {ImageSource} source
     */
    async #fetch(job, source) {
        job.spot = source.spot;
        if (source.kind === 'url') {
            job.address = source.url;
            job.source = source;
        }
        const start = performance.now();
        const { signal } = job.controller;
        job.picture = await this.#parts.fetchPicture(source, signal, (fraction) => {
            job.stages.fetch = fraction;
            job.tellSoon();
        });
        if (source.kind === 'blob') job.notices = source.notices ?? [];
        job.stages.fetch = 1;
        job.timings.fetch = performance.now() - start;
    }

    /** Run the next task or job, if none is running. */
    async #next() {
        if (this.isBusy) return;
        const task = this.#tasks.shift();
        const job = task ? undefined : this.#ready.shift();
        const isFree = !task && !job && this.#coming.size === 0;
        const later = isFree ? this.#later.shift() : undefined;
        if (task) await this.#runTask(task);
        else if (job) await this.#runJob(job);
        else if (later) await this.#runLaterNow(later);
        else return;
        this.#parts.onFree();
        this.#next();
    }

    /** @param {() => Promise<void>} task */
    async #runTask(task) {
        this.#isTaskRunning = true;
        await task();
        this.#isTaskRunning = false;
    }

    /** @param {(pause: AbortSignal) => Promise<void>} work */
    async #runLaterNow(work) {
        this.#pause = new AbortController();
        await work(this.#pause.signal);
        this.#pause = null;
    }

    /** @param {Job} job */
    async #runJob(job) {
        this.#running = job;
        this.update();
        try {
            job.finish(await this.#parts.cutOut(job));
        } catch (error) {
            const { code } = toFailure(error, 'engine');
            const isCancelled = job.controller.signal.aborted;
            if (!isCancelled && BREAKING_CODES.has(code)) this.#parts.stopWorkers();
            job.failWith(error);
        } finally {
            this.#running = null;
        }
    }
}
