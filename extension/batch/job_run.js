/**
 * @file One picture of the batch as a job of the engine, from its start to its end.
 *
 * Decides: what counts as its end, also when the engine dies, and that the engine forgets a job
 * that is stopped.
 */

import { JobConnection } from '../messages/job_connection.js';
import { engine } from '../ui/engine.js';
import { JobEdits } from '../ui/job_edits.js';
import { startJob } from '../ui/start_job.js';

/** @typedef {import('../messages/job_types.js').JobSnapshot} JobSnapshot */
/** @typedef {import('../messages/edit_types.js').EditReplied} EditReplied */

export class JobRun {
    /** @type {JobSnapshot | undefined} */
    last;
    /** @type {Blob | undefined} The original; the engine sends it only once. */
    picture;
    /** @type {JobConnection | undefined} */
    #connection;
    /** Of the job, once it is done. */
    edits = new JobEdits((request) => {
        if (this.#connection) this.#connection.post(request);
        else this.edits.lose();
    });
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
     * @param {import('../messages/page_types.js').ImageSource} source
     * @param {import('../ui/start_job.js').JobWishes} wishes
     */
    async start(name, source, wishes) {
        const jobId = await startJob(name, source, wishes);
        const listener = {
            onSnapshot: (/** @type {JobSnapshot} */ snapshot) => this.#receive(snapshot),
            onReply: (/** @type {EditReplied} */ reply) => this.edits.receive(reply),
            onLoss: () => this.edits.lose(),
            onLost: () => this.#finish(null),
        };
        this.#connection = new JobConnection(engine, () => `job:${jobId}`, listener, true);
        if (this.#isEnded) this.stop(); // stop() was called before there was a job
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
        this.picture ??= snapshot.picture;
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
