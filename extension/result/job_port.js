/**
 * @file The page's port to a job of the engine.
 *
 * Decides: when the engine counts as lost (ENGINE_LOST), what is set going then, and that an early
 * Cancel is not forgotten.
 */

import { toFailure } from '../messages/failure.js';
import { request } from '../messages/request.js';
import { api } from '../platform/browser.js';
import { openChannel } from '../platform/message_channel.js';

/** @typedef {import('../messages/job_types.js').JobSnapshot} JobSnapshot */
/** @typedef {import('../messages/failure.js').Failure} Failure */

/**
 * @typedef {object} Listener
 * @property {(snapshot: JobSnapshot) => void} onSnapshot
 * @property {(reply: any) => void} onReply      To a request of the editor.
 * @property {(failure: Failure) => void} onLost There is no engine, or it has died.
 */

export class JobPort {
    /** @type {chrome.runtime.Port | undefined} */
    #port;
    /** The user may press Cancel before the port is open. */
    #wantsCancel = false;
    #listener;

    /** @param {Listener} listener */
    constructor(listener) {
        this.#listener = listener;
    }

    /** @param {string} jobId */
    async watch(jobId) {
        try {
            await request('background', 'engine.ensure');
        } catch (error) {
            this.#listener.onLost(toFailure(error, 'engine'));
            return;
        }
        const channel = openChannel((message) => this.#listener.onReply(message));
        const port = api.runtime.connect({ name: `job:${jobId}:${channel.name}` });
        this.#port = port;
        port.onMessage.addListener((message) => {
            if (message.type === 'edit.replied') this.#listener.onReply(message);
            else this.#listener.onSnapshot(message);
        });
        if (this.#wantsCancel) this.cancel();
        // The engine never closes a port, so its document has died.
        port.onDisconnect.addListener(() => {
            channel.close();
            request('background', 'engine.ensure').catch(() => undefined); // it resets the toolbar icon
            const message = 'disconnected';
            this.#listener.onLost({ code: 'ENGINE_LOST', stage: 'engine', message, detail: {} });
        });
    }

    cancel() {
        this.#wantsCancel = true;
        this.#port?.postMessage({ type: 'job.cancel' });
    }

    /** @param {unknown} message */
    post(message) {
        this.#port?.postMessage(message);
    }
}
