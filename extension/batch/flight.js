/**
 * @file One picture on its way through the engine.
 */

import { api } from '../platform/browser.js';
import { startJob } from '../ui/start_job.js';

/** @typedef {import('../messages/job_types.js').JobSnapshot} JobSnapshot */

export class Flight {
    /** @type {JobSnapshot | undefined} */
    last;
    /** @type {chrome.runtime.Port | undefined} */
    #port;
    #isEnded = false;
    /** @type {(end: JobSnapshot | null) => void} */
    #resolve = () => undefined;
    /** @type {Promise<JobSnapshot | null>} The last snapshot; null if the engine went away. */
    end = new Promise((resolve) => {
        this.#resolve = resolve;
    });

    /** @param {() => void} onProgress */
    constructor(onProgress) {
        this.onProgress = onProgress;
    }

    /**
     * @param {string} name
     * @param {Blob} blob
     * @param {import('../ui/start_job.js').Wishes} wishes
     */
    async start(name, blob, wishes) {
        const jobId = await startJob(name, { kind: 'blob', blob }, wishes);
        const port = api.runtime.connect({ name: `job:${jobId}` });
        this.#port = port;
        port.onMessage.addListener((snapshot) => this.#see(snapshot));
        port.onDisconnect.addListener(() => {
            console.debug('no engine:', api.runtime.lastError?.message);
            this.#finish(null);
        });
        if (this.#isEnded) this.stop(); // it was stopped before it had begun
    }

    /** The job has not begun yet: it waits in the engine. */
    get isQueued() {
        return this.last === undefined || this.last.state === 'queued';
    }

    /** End the job and let the engine forget it. */
    stop() {
        this.#isEnded = true;
        this.#port?.postMessage({ type: 'job.forget' });
        this.#port?.disconnect();
    }

    /** @param {JobSnapshot} snapshot */
    #see(snapshot) {
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
        this.#resolve(end);
    }
}
