/**
 * @file Which jobs there are, and when each is forgotten with all its bytes.
 *
 * A job lives while a page shows it. When its last page is closed, not just reloaded, a running
 * job is cancelled and a finished one forgotten. A job of the popup lives without a page, since
 * a click elsewhere closes the popup; of the finished ones only the newest are kept.
 */

import { Job } from './job.js';

/** A page that opens or reloads shows its job within this time. */
const UNWATCHED_MS = 10_000;
/** The most finished jobs that are kept without a page, and their most bytes. */
const MOST_KEPT = 12;
const MOST_KEPT_BYTES = 256 * 1024 * 1024;

/**
 * @typedef {object} RegisterEvents
 * @property {() => void} onChange           What the list of all jobs shows has changed.
 * @property {(active: number) => void} onActive  How many jobs are not over yet.
 * @property {() => void} onOver             A job has ended.
 * @property {(jobId: string) => void} onForgotten
 */

export class JobRegister {
    /** @type {Map<string, Job>} In the order in which they were opened. */
    #jobs = new Map();
    /** @type {Map<string, ReturnType<typeof setTimeout>>} By job. */
    #timers = new Map();
    #events;

    /** @param {RegisterEvents} events */
    constructor(events) {
        this.#events = events;
    }

    /** @returns {readonly Job[]}  In the order in which they were opened. */
    get jobs() {
        return [...this.#jobs.values()];
    }

    /** @param {string} jobId */
    get(jobId) {
        return this.#jobs.get(jobId);
    }

    /**
     * @param {import('../messages/job_types.js').JobOpening} opening
     * @returns {Job}
     */
    open({ jobId, name, options, kept = false, behind = 0, allowEmpty = false }) {
        const job = new Job(jobId, name, options, {
            onTold: this.#events.onChange,
            onOver: () => this.#over(job),
        });
        Object.assign(job, { kept, behind, allowEmpty });
        this.#jobs.set(jobId, job);
        this.#forgetLater(job);
        this.#tellActive();
        return job;
    }

    /**
     * A page shows a job, which lives with that page from now on.
     *
     * @param {Job} job
     * @param {chrome.runtime.Port} port
     */
    watch(job, port) {
        job.kept = false;
        job.addWatcher(port);
    }

    /**
     * @param {Job} job
     * @param {chrome.runtime.Port} port  Of a page that is gone.
     */
    unwatch(job, port) {
        job.watchers.delete(port);
        if (this.#jobs.get(job.id) === job) this.#forgetLater(job);
    }

    /**
     * Let go of a job and its bytes: at once if no page shows it, otherwise with the last one.
     *
     * @param {Job} job
     */
    forget(job) {
        job.kept = false;
        if (job.watchers.size > 0) return;
        job.cancel();
        this.#delete(job);
    }

    /** @param {Job} job */
    #forgetLater(job) {
        clearTimeout(this.#timers.get(job.id));
        const timer = setTimeout(() => {
            if (!job.kept) this.forget(job);
        }, UNWATCHED_MS);
        this.#timers.set(job.id, timer);
    }

    /** @param {Job} job */
    #delete(job) {
        clearTimeout(this.#timers.get(job.id));
        this.#timers.delete(job.id);
        this.#jobs.delete(job.id);
        job.controller.abort(); // ends what is still done for it, an edit for one
        this.#events.onForgotten(job.id);
        this.#events.onChange();
    }

    /** @param {Job} job */
    #over(job) {
        if (job.failure) console.warn('job failed:', JSON.stringify(job.failure));
        if (job.state === 'done') console.info('job done, in ms:', JSON.stringify(job.timings));
        this.#tellActive();
        for (const each of superfluous(this.jobs)) this.#delete(each);
        this.#events.onOver();
    }

    /** The number on the toolbar icon counts what its page is still to bring, too. */
    #tellActive() {
        const active = this.jobs.filter((job) => !job.isOver);
        this.#events.onActive(active.length + (active.at(-1)?.behind ?? 0));
        this.#events.onChange();
    }
}

/**
 * Finished jobs of the popup that are too many, the newest first. One that a page has shown is
 * not kept any more, but lives with that page.
 *
 * @param {readonly Job[]} jobs  In the order in which they were opened.
 * @returns {Job[]}
 */
function superfluous(jobs) {
    const kept = jobs.filter((job) => job.kept && job.isOver);
    let bytes = 0;
    return kept.toReversed().filter((job, index) => {
        bytes += (job.picture?.size ?? 0) + (job.cutout?.blob.size ?? 0);
        // The newest stays whatever its size.
        return index > 0 && (index >= MOST_KEPT || bytes > MOST_KEPT_BYTES);
    });
}
