/**
 * @file Better results in place of quick ones: what the quality "auto" does after the quick result
 * is shown.
 *
 * Decides: that jobs and edits go before it, how long one may wait for its turn, and that a failure
 * leaves the quick one without a word. Whether there is to be one at all: choose_models.js.
 */

import { toFailure } from '../messages/failure.js';
import { BREAKING_CODES } from './job_queue.js';
import { improveJob } from './run_job.js';

/** One that cannot begin by then would surprise somebody who has gone on. */
const TURN_MS = 20_000;

/** @typedef {import('./job.js').Job} Job */
/** @typedef {import('../messages/job_types.js').Cutout} Cutout */
/** @typedef {<T>(work: (pause: AbortSignal) => Promise<T>) => Promise<T>} RunLater */

export class BetterResults {
    #workers;
    #models;
    #runLater;
    /** @type {Map<Job, Promise<Cutout | null>>} Those that are being made. */
    #making = new Map();

    /**
     * @param {import('./workers.js').Workers} workers
     * @param {import('./models.js').Models} models
     * @param {RunLater} runLater  When nothing else is to be done; pauses for anything else.
     */
    constructor(workers, models, runLater) {
        this.#workers = workers;
        this.#models = models;
        this.#runLater = runLater;
    }

    /**
     * Make the better result of a job, which is the job's own from then on.
     *
     * @param {Job} job   That is done.
     * @param {AbortSignal} signal  Nobody waits for it any more.
     * @returns {Promise<Cutout | null>}  Null where the quick one stays.
     */
    async make(job, signal) {
        if (job.quality === 'best') return job.cutout ?? null;
        const made = this.#making.get(job) ?? this.#make(job, signal);
        this.#making.set(job, made);
        const forget = () => {
            if (this.#making.get(job) === made) this.#making.delete(job);
        };
        // Whoever asks after a page was closed shall not be given that page's answer, which is none.
        signal.addEventListener('abort', forget, { once: true });
        try {
            return await made;
        } finally {
            signal.removeEventListener('abort', forget);
            forget();
        }
    }

    /**
     * @param {Job} job
     * @param {AbortSignal} page
     */
    async #make(job, page) {
        const start = performance.now();
        const unwanted = AbortSignal.any([page, job.controller.signal, job.settled.signal]);
        while (!unwanted.aborted && performance.now() - start < TURN_MS) {
            const { made, hasGivenWay } = await this.#runLater(async (pause) => {
                if (unwanted.aborted) return { made: null, hasGivenWay: false };
                const made = await this.#tryOnce(job, AbortSignal.any([unwanted, pause]));
                return { made, hasGivenWay: pause.aborted && !made };
            });
            if (!hasGivenWay) return unwanted.aborted ? null : made;
        }
        return null;
    }

    /**
     * @param {Job} job
     * @param {AbortSignal} pause
     * @returns {Promise<Cutout | null>}
     */
    async #tryOnce(job, pause) {
        try {
            return await improveJob(job, pause, this.#workers, this.#models);
        } catch (error) {
            if (pause.aborted) return null;
            console.warn('the quick result stays:', error);
            if (BREAKING_CODES.has(toFailure(error, 'engine').code)) this.#workers.stop();
            return null;
        }
    }
}
