/**
 * @file One picture of the batch as a job of the engine, from its start to its end.
 */

import { api } from '../platform/browser.js';
import { startJob } from '../ui/start_job.js';

/** @typedef {import('../messages/job_types.js').JobSnapshot} JobSnapshot */

export class JobRun {
    /** @type {JobSnapshot | undefined} */
    last;
    /** @type {chrome.runtime.Port | undefined} */
    #port;
    #isEnded = false;
    /** @type {PromiseWithResolvers<JobSnapshot | null>} */
    #end = Promise.withResolvers();

    /** @param {() => void} onProgress */
    constructor(onProgress) {
        this.onProgress = onProgress;
    }

    /** @returns {Promise<JobSnapshot | null>}  The last snapshot; null if the engine died. */
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
        const port = api.runtime.connect({ name: `job:${jobId}` });
        this.#port = port;
        port.onMessage.addListener((snapshot) => this.#receive(snapshot));
        port.onDisconnect.addListener(() => {
            console.debug('no engine:', api.runtime.lastError?.message);
            this.#finish(null);
        });
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
        this.#port?.postMessage({ type: 'job.forget' });
        this.#port?.disconnect();
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
