/**
 * @file The jobs that are not over, as far as this service worker has opened them: what an engine
 * that ends had not finished is opened again in the next one.
 */

/** If engines end this often under a job, its picture counts as the cause. */
const MOST_LOSSES = 2;

/** @typedef {import('../messages/job_types.js').JobStart} JobStart */
/** @typedef {import('../messages/failure.js').Failure} Failure */

/**
 * A job as it is opened; its picture may still be looked for, and may not be had.
 *
 * @typedef {JobStart & { jobId: string, failure?: Failure }} Start
 */

export class UnfinishedJobs {
    /** @type {Map<string, { start: Start, engine: string, losses: number }>} By job. */
    #jobs = new Map();

    get size() {
        return this.#jobs.size;
    }

    /** @param {Start} start  Of a job that is being opened. */
    add(start) {
        const { losses = 0 } = this.#jobs.get(start.jobId) ?? {};
        this.#jobs.set(start.jobId, { start, engine: '', losses });
    }

    /**
     * The picture is here, or cannot be had: from now on the job is opened with that.
     *
     * @param {string} jobId
     * @param {Partial<Start>} found
     */
    complete(jobId, found) {
        const job = this.#jobs.get(jobId);
        if (job) job.start = { ...job.start, ...found };
    }

    /**
     * @param {string} jobId
     * @param {string} engine  Id of the one that has it now.
     */
    opened(jobId, engine) {
        const job = this.#jobs.get(jobId);
        if (job) job.engine = engine;
    }

    /**
     * Which engine has a job.
     *
     * @param {string} jobId
     * @returns {string}  Its id; empty for a job that is over, lost or unknown.
     */
    engineOf(jobId) {
        return this.#jobs.get(jobId)?.engine ?? '';
    }

    clear() {
        this.#jobs.clear();
    }

    /** @param {string} jobId  That could not be opened. */
    delete(jobId) {
        this.#jobs.delete(jobId);
    }

    /**
     * An engine tells which jobs it has still to finish.
     *
     * @param {string} engine
     * @param {readonly string[]} unfinished
     */
    keep(engine, unfinished) {
        for (const [jobId, job] of this.#jobs) {
            if (job.engine === engine && !unfinished.includes(jobId)) this.#jobs.delete(jobId);
        }
    }

    /**
     * Take out what former engines have lost, to be opened again; not for ever.
     *
     * @param {string} engine  Id of the present one.
     * @returns {Start[]}
     */
    takeLost(engine) {
        /** @type {Start[]} */
        const lost = [];
        for (const [jobId, job] of this.#jobs) {
            if (job.engine === '' || job.engine === engine) continue;
            job.engine = '';
            job.losses += 1;
            if (job.losses < MOST_LOSSES) lost.push(job.start);
            else this.#jobs.delete(jobId);
        }
        return lost;
    }
}
