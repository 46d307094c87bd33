/**
 * @file Tells the pages that show all jobs of every change.
 *
 * Decides: how often the popup is told.
 */

/** @typedef {import('./job.js').Job} Job */

/** Pages are told of changes at most this often. */
const INTERVAL_MS = 150;

export class JobListPorts {
    /** @type {Map<chrome.runtime.Port, WeakMap<Job, Job['edit']>>} The edits that each has. */
    #ports = new Map();
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    #pending;
    #readJobs;

    /** @param {() => readonly Job[]} readJobs */
    constructor(readJobs) {
        this.#readJobs = readJobs;
    }

    /** @param {chrome.runtime.Port} port */
    add(port) {
        this.#ports.set(port, new WeakMap());
        port.onDisconnect.addListener(() => this.#ports.delete(port));
        this.#post(port);
    }

    /** Tell the watching pages soon; several changes in a row become one message. */
    tellSoon() {
        if (this.#ports.size === 0) return;
        this.#pending ??= setTimeout(() => {
            this.#pending = undefined;
            for (const port of this.#ports.keys()) this.#post(port);
        }, INTERVAL_MS);
    }

    /** @param {chrome.runtime.Port} port */
    #post(port) {
        /** @type {import('../messages/job_types.js').JobsSnapshot} */
        const snapshot = { jobs: this.#readJobs().map((job) => this.#listed(job, port)) };
        port.postMessage(snapshot);
    }

    /**
     * What a list shows of a job: the newest edit as well, whenever there is another.
     *
     * @param {Job} job
     * @param {chrome.runtime.Port} port
     */
    #listed(job, port) {
        const edits = this.#ports.get(port) ?? new WeakMap();
        const snapshot = { ...job.snapshot(port), edited: job.edited };
        if (edits.get(job) !== job.edit) snapshot.edit = job.edit;
        edits.set(job, job.edit);
        return snapshot;
    }
}
