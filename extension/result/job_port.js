/**
 * @file The page's port to a job of the engine.
 *
 * Decides: when the engine counts as lost (ENGINE_LOST), what is set going then, and that an early
 * Cancel is not forgotten.
 */

import { JobConnection } from '../messages/job_connection.js';
import { openChannel } from '../platform/message_channel.js';
import { engine } from '../ui/engine.js';

/** @typedef {import('../messages/job_types.js').JobSnapshot} JobSnapshot */
/** @typedef {import('../messages/failure.js').Failure} Failure */

/**
 * @typedef {object} Listener
 * @property {(snapshot: JobSnapshot) => void} onSnapshot
 * @property {(reply: any) => void} onReply      To a request of the editor.
 * @property {() => void} onLoss                 The engine has died; the next one may have the job.
 * @property {(failure: Failure) => void} onLost It has not, or there is none.
 */

export class JobPort {
    /** @type {JobConnection | undefined} */
    #connection;
    /** @type {ReturnType<typeof openChannel> | undefined} */
    #channel;
    /** The user may press Cancel before there is an engine, or between two. */
    #wantsCancel = false;
    #listener;

    /** @param {Listener} listener */
    constructor(listener) {
        this.#listener = listener;
    }

    /**
     * @param {string} jobId
     * @param {boolean} [isNew]  This page has just opened the job.
     */
    watch(jobId, isNew = false) {
        this.#connection?.close();
        const nameOf = () => `job:${jobId}:${this.#openChannel()}`;
        const listener = {
            onSnapshot: (/** @type {JobSnapshot} */ snapshot) => this.#receive(snapshot),
            onReply: this.#listener.onReply,
            onLoss: this.#listener.onLoss,
            onLost: this.#listener.onLost,
        };
        this.#connection = new JobConnection(engine, nameOf, listener, isNew);
    }

    cancel() {
        this.#wantsCancel = true;
        this.post({ type: 'job.cancel' });
    }

    /** @param {unknown} message */
    post(message) {
        this.#connection?.post(message);
    }

    /** @param {JobSnapshot} snapshot */
    #receive(snapshot) {
        const isUnderWay = snapshot.state === 'running' || snapshot.state === 'queued';
        if (this.#wantsCancel && isUnderWay) this.cancel();
        this.#listener.onSnapshot(snapshot);
    }

    /** A channel leads to one engine; its name tells the engine which one is this page's. */
    #openChannel() {
        this.#channel?.close();
        this.#channel = openChannel((message) => this.#listener.onReply(message));
        return this.#channel.name;
    }
}
