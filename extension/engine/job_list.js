/**
 * @file The list of all jobs, for pages that show more than one; and which of the finished
 * ones are kept for it.
 */

/** @typedef {import('./job.js').Job} Job */

/** Pages are told of changes at most this often. */
const INTERVAL_MS = 150;
/** So many finished jobs without a page are kept, and no more bytes than these. */
const MOST_KEPT = 12;
const MOST_KEPT_BYTES = 256 * 1024 * 1024;

export class JobList {
    /** @type {Set<chrome.runtime.Port>} */
    #ports = new Set();
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    #pending;
    #jobs;

    /** @param {ReadonlyMap<string, Job>} jobs */
    constructor(jobs) {
        this.#jobs = jobs;
    }

    /** @param {chrome.runtime.Port} port */
    addWatcher(port) {
        this.#ports.add(port);
        port.onDisconnect.addListener(() => this.#ports.delete(port));
        this.#post(port);
    }

    /** Tell the watching pages soon; several changes in a row become one message. */
    changed() {
        if (this.#ports.size === 0) return;
        this.#pending ??= setTimeout(() => {
            this.#pending = undefined;
            for (const port of this.#ports) this.#post(port);
        }, INTERVAL_MS);
    }

    /** @param {chrome.runtime.Port} port */
    #post(port) {
        /** @type {import('../messages/job_types.js').JobsSnapshot} */
        const snapshot = { jobs: [...this.#jobs.values()].map((job) => job.snapshot(port)) };
        port.postMessage(snapshot);
    }
}

/**
 * Finished jobs that nobody shows and that are too many, the oldest first.
 *
 * @param {Iterable<Job>} jobs  In the order in which they were opened.
 * @returns {Job[]}
 */
export function superfluous(jobs) {
    const kept = [...jobs].filter((job) => job.kept && job.isOver && job.watchers.size === 0);
    let bytes = 0;
    return kept.toReversed().filter((job, index) => {
        bytes += (job.picture?.size ?? 0) + (job.cutout?.blob.size ?? 0);
        // The newest stays whatever its size.
        return index > 0 && (index >= MOST_KEPT || bytes > MOST_KEPT_BYTES);
    });
}
