/**
 * @file Tells the pages that show all jobs of every change.
 *
 * Decides: how often the popup is told.
 */

/** @typedef {import('./job.js').Job} Job */

/** Pages are told of changes at most this often. */
const INTERVAL_MS = 150;

export class JobListPorts {
    /** @type {Set<chrome.runtime.Port>} */
    #ports = new Set();
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    #pending;
    #readJobs;

    /** @param {() => readonly Job[]} readJobs */
    constructor(readJobs) {
        this.#readJobs = readJobs;
    }

    /** @param {chrome.runtime.Port} port */
    add(port) {
        this.#ports.add(port);
        port.onDisconnect.addListener(() => this.#ports.delete(port));
        this.#post(port);
    }

    /** Tell the watching pages soon; several changes in a row become one message. */
    tellSoon() {
        if (this.#ports.size === 0) return;
        this.#pending ??= setTimeout(() => {
            this.#pending = undefined;
            for (const port of this.#ports) this.#post(port);
        }, INTERVAL_MS);
    }

    /** @param {chrome.runtime.Port} port */
    #post(port) {
        /** @type {import('../messages/job_types.js').JobsSnapshot} */
        const snapshot = { jobs: this.#readJobs().map((job) => job.listed(port)) };
        port.postMessage(snapshot);
    }
}
