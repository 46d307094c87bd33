/**
 * @file Which jobs there are, and when each is forgotten with all its bytes.
 *
 * Decides: how long a job is kept, what closing or reloading its page ends, how many finished jobs
 * and megabytes the popup's list keeps, the number of active jobs for the icon.
 *
 * A job lives while a page shows it. When its last page is closed, not just reloaded, a running
 * job is cancelled; a finished one stays in the popup's list, from where it can be opened again. A
 * job of the popup lives without a page, since a click elsewhere closes the popup. Of the finished
 * ones without a page only the newest are kept. The workbench's jobs end with it: its list has them,
 * and makes again what it lacks.
 */

import { Job } from './job.js';

/** A page that opens or reloads shows its job within this time. */
const UNWATCHED_MS = 10_000;
/** The first page may have to wait for its tab: many can open at once, on a busy machine. */
const OPENING_MS = 120_000;
/** The most finished jobs that are kept without a page, and their most bytes. */
const MOST_KEPT = 12;
const MOST_KEPT_BYTES = 256 * 1024 * 1024;

/**
 * @typedef {object} RegisterEvents
 * @property {() => void} onChange           What the list of all jobs shows has changed.
 * @property {(active: number, unfinished: string[]) => void} onActive  How many jobs are not over
 *     yet, also of those that pages are to bring, and which.
 * @property {() => void} onOver             A job has ended.
 * @property {(jobId: string) => void} onForgotten  Nobody will edit it, for now.
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
    open({ jobId, name, options, kept = false, behind = 0, ...how }) {
        const { allowEmpty = false, isPatient = false, passing = false, shown } = how;
        const job = new Job(jobId, name, options, {
            onTold: this.#events.onChange,
            onOver: () => this.#over(job),
        });
        Object.assign(job, { kept, passing, behind, allowEmpty, isPatient, shown });
        this.#jobs.set(jobId, job);
        this.#forgetLater(job, OPENING_MS);
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
        if (this.#jobs.get(job.id) !== job) return;
        if (job.passing) this.forget(job);
        else this.#forgetLater(job);
    }

    /**
     * What is made stays within reach when its page is closed, perhaps by mistake. Only what the
     * workers have of it goes.
     *
     * @param {Job} job
     */
    #keep(job) {
        job.kept = true;
        this.#events.onForgotten(job.id);
        for (const each of superfluous(this.jobs)) this.#delete(each);
        this.#events.onChange();
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

    /**
     * @param {Job} job
     * @param {number} [wait]  Milliseconds.
     */
    #forgetLater(job, wait = UNWATCHED_MS) {
        clearTimeout(this.#timers.get(job.id));
        const timer = setTimeout(() => {
            if (job.kept || job.watchers.size > 0) return;
            if (job.state === 'done' && !job.passing) this.#keep(job);
            else this.forget(job);
        }, wait);
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
        const behind = active.at(-1)?.behind ?? 0;
        this.#events.onActive(
            active.length + behind,
            active.map(({ id }) => id),
        );
        this.#events.onChange();
    }
}

/**
 * Finished jobs without a page that are too many, the newest first. One that a page shows lives
 * with that page.
 *
 * @param {readonly Job[]} jobs  In the order in which they were opened.
 * @returns {Job[]}
 */
function superfluous(jobs) {
    const kept = jobs.filter((job) => job.kept && job.isOver).toReversed();
    // What has failed takes no place of what is made.
    return [true, false].flatMap((isMade) =>
        tooMany(kept.filter(({ state }) => (state === 'done') === isMade)),
    );
}

/** @param {readonly Job[]} jobs  The newest first. */
function tooMany(jobs) {
    let bytes = 0;
    return jobs.filter((job, index) => {
        bytes += [job.picture, job.cutout?.blob, job.edited?.blob].reduce(
            (sum, blob) => sum + (blob?.size ?? 0),
            0,
        );
        // The newest stays whatever its size.
        return index > 0 && (index >= MOST_KEPT || bytes > MOST_KEPT_BYTES);
    });
}
