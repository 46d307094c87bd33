/**
 * @file One picture of the batch as a job of the engine, from its start to its end.
 *
 * Decides: what counts as its end, also when the engine dies, and that the engine forgets a job
 * that is stopped.
 */

import { JobConnection } from '../messages/job_connection.js';
import { engine } from '../ui/engine.js';
import { startJob } from '../ui/start_job.js';

/** @typedef {import('../messages/job_types.js').JobSnapshot} JobSnapshot */

export class JobRun {
    /** @type {JobSnapshot | undefined} */
    last;
    /** @type {JobConnection | undefined} */
    #connection;
    #isEnded = false;
    /** @type {PromiseWithResolvers<JobSnapshot | null>} */
    #end = Promise.withResolvers();

    /** @param {() => void} onProgress */
    constructor(onProgress) {
        this.onProgress = onProgress;
    }

    /** @returns {Promise<JobSnapshot | null>}  The last snapshot; null if the job was lost. */
    get end() {
        return this.#end.promise;
    }

    /**
     * @param {string} name
     * @param {Blob} blob
     * @param {import('../ui/start_job.js').JobWishes} wishes
     */
    async start(name, blob, wishes) {
        const jobId = await startJob(name, { kind: 'blob', blob }, wishes);
        const listener = {
            onSnapshot: (/** @type {JobSnapshot} */ snapshot) => this.#receive(snapshot),
            onLost: () => this.#finish(null),
        };
        this.#connection = new JobConnection(engine, () => `job:${jobId}`, listener, true);
        if (this.#isEnded) this.stop(); // stop() was called before there was a job
    }

    /** The port to the engine, once the job has begun. */
    get port() {
        return this.#port;
    }

    /** Whether the job still waits in the engine's queue. */
    get isQueued() {
        return this.last === undefined || this.last.state === 'queued';
    }

    /** End the job and make the engine forget it. */
    stop() {
        this.#isEnded = true;
        this.#connection?.post({ type: 'job.forget' });
        this.#connection?.close();
    }

    /** @param {JobSnapshot} snapshot */
    #receive(snapshot) {
        if (this.#isEnded) return;
        this.last = snapshot;
        const isOver = snapshot.state !== 'running' && snapshot.state !== 'queued';
        if (isOver) this.#finish(snapshot);
        else this.onProgress();
    }

    /** @param {JobSnapshot | null} end */
    #finish(end) {
        if (this.#isEnded) return;
        this.#isEnded = true;
        this.#end.resolve(end);
    }
}
