/**
 * @file The job queue: pictures are fetched side by side, cut out one after the other.
 *
 * A job lives as long as a page watches it. When its last page is gone (closed, not just
 * reloaded) a running job is cancelled and a finished one forgotten, bytes and all. Jobs of
 * the popup, which closes at any click elsewhere, are kept without one, some of them.
 */

import { offcutError, toFailure } from '../messages/failure.js';
import { Edits } from './edits.js';
import { fetchImage } from './fetch_image.js';
import { Job } from './job.js';
import { JobList, superfluous } from './job_list.js';
import { BREAKING_CODES, runJob } from './run_job.js';

/** A page that reloads, or is only just opening, is back within this time. */
const UNWATCHED_MS = 10_000;
/** No page has to wait longer for a job that is just being opened by somebody else. */
const OPENING_MS = 5000;
/** A page that has not given its picture by then will not. */
const SUPPLY_MS = 90_000;
/** While a page edits, the workers stay at least this long. */
const EDITING_MS = 120_000;

/** @typedef {import('../messages/page_types.js').ImageSource} ImageSource */
/** @typedef {import('./workers.js').Workers} Workers */

export class JobQueue {
    /** @type {Map<string, Job>} */
    #jobs = new Map();
    #list = new JobList(this.#jobs);
    /** @type {Job[]} Jobs whose picture is here, in the order in which they may run. */
    #ready = [];
    /** @type {Job | null} */
    #running = null;
    /** @type {(() => Promise<void>)[]} What goes before the next job. */
    #tasks = [];
    #isTaskRunning = false;
    #edits;
    /** @type {Map<string, { resolve: (source: ImageSource) => void, reject: (error: Error) => void,
     *     timer: ReturnType<typeof setTimeout> }>} */
    #suppliers = new Map();
    /** @type {EventTarget} Tells pages that asked for a job before it was opened. */
    #opened = new EventTarget();
    #keepWarmMs = 0;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    #idleTimer;
    #workers;
    #models;
    #lanes;
    #onActive;

    /**
     * @param {Workers} workers
     * @param {import('./models.js').Models} models
     * @param {import('../platform/message_channel.js').PageChannels} lanes
     * @param {(active: number) => void} onActive  Told how many jobs are not over.
     */
    constructor(workers, models, lanes, onActive) {
        this.#workers = workers;
        this.#models = models;
        this.#lanes = lanes;
        this.#onActive = onActive;
        this.#edits = new Edits(workers, models, (work) => this.#runAlone(work));
        workers.onBoot = () => this.#booted();
    }

    /** @param {import('../messages/job_types.js').EngineSettings} settings */
    configure({ keepWarmMinutes }) {
        this.#keepWarmMs = keepWarmMinutes * 60_000;
        this.#watchIdle();
    }

    /**
     * Begin a job; its picture comes now or with `supply`. The workers start meanwhile.
     *
     * @param {import('../messages/job_types.js').JobOpening} opening
     */
    open({ jobId, name, settings, options, source, kept = false, behind = 0 }) {
        const job = new Job(jobId, name, options, () => this.#list.changed());
        Object.assign(job, { kept, behind });
        this.#jobs.set(jobId, job);
        this.configure(settings);
        const supplied = this.#awaitSupply(job);
        this.#booted();
        this.#work(job, supplied);
        if (source) this.supply(jobId, source);
        this.#opened.dispatchEvent(new Event(jobId));
        this.#forgetLater(job);
        this.#activeChanged();
    }

    /**
     * @param {string} jobId
     * @param {ImageSource} source
     */
    supply(jobId, source) {
        this.#suppliers.get(jobId)?.resolve(source);
    }

    /**
     * The picture could not be had: the one who looked for it says why.
     *
     * @param {string} jobId
     * @param {import('../messages/failure.js').Failure} failure
     */
    fail(jobId, failure) {
        const error = offcutError(failure.code, failure.stage, failure.message, failure.detail);
        this.#suppliers.get(jobId)?.reject(error);
    }

    /**
     * A page shows a job. It is told of every change, and the job lives while it is there.
     *
     * @param {string} jobId
     * @param {chrome.runtime.Port} port
     * @param {string} lane  For what is large; none if ''.
     */
    async watch(jobId, port, lane) {
        let open = true;
        let isCancelled = false;
        const page = new AbortController();
        port.onDisconnect.addListener(() => {
            open = false;
            page.abort();
            const job = this.#jobs.get(jobId);
            job?.watchers.delete(port);
            if (job) this.#forgetLater(job);
            this.#watchIdle(); // it may have been the one that could edit
        });
        port.onMessage.addListener((message) => {
            isCancelled ||= message.type === 'job.cancel';
            if (isCancelled) this.#cancel(jobId);
            if (message.type === 'job.forget') {
                this.#jobs.get(jobId)?.watchers.delete(port);
                this.#forget(jobId);
            }
            if (!message.type.startsWith('edit.')) return;
            this.#edit(jobId, message, page.signal, (answer, transfer) => {
                if (!this.#lanes.post(lane, answer, transfer)) port.postMessage(answer);
            });
        });
        const job = this.#jobs.get(jobId) ?? (await this.#expect(jobId));
        if (!open) return;
        if (job) {
            clearTimeout(job.forgetTimer);
            job.kept = false; // from now on it lives with this page
            job.addWatcher(port);
            // It may have been cancelled while it was only just being opened.
            if (isCancelled) this.#cancel(jobId);
        } else port.postMessage(unknownJob(jobId));
    }

    /**
     * @param {string} jobId
     * @param {import('../messages/edit_types.js').EditRequest} request
     * @param {AbortSignal} page  Aborted when it is gone.
     * @param {(answer: unknown, transfer: Transferable[]) => void} post
     */
    async #edit(jobId, request, page, post) {
        clearTimeout(this.#idleTimer);
        const answer = await this.#edits.answer(this.#jobs.get(jobId), request, page);
        const pixels = answer.ok ? answer.body.pixels : undefined;
        if (!page.aborted) post(answer, pixels ? [pixels.buffer] : []);
        this.#watchIdle();
    }

    /**
     * A page shows all jobs, and may cancel and forget any.
     *
     * @param {chrome.runtime.Port} port
     */
    watchAll(port) {
        port.onMessage.addListener(({ type, jobId }) => {
            if (type === 'job.cancel') this.#cancel(jobId);
            if (type === 'job.forget') this.#forget(jobId);
        });
        this.#list.addWatcher(port);
    }

    /**
     * Let go of a job and its bytes, at once if no page shows it, otherwise with the last one.
     *
     * @param {string} jobId
     */
    #forget(jobId) {
        const job = this.#jobs.get(jobId);
        if (!job) return;
        job.kept = false;
        if (job.watchers.size > 0) return;
        this.#cancel(jobId);
        clearTimeout(job.forgetTimer);
        this.#delete(job);
        this.#list.changed();
    }

    /** @param {Job} job  Its bytes go with it, and all that Python has kept for its edits. */
    #delete(job) {
        this.#jobs.delete(job.id);
        job.controller.abort();
        this.#workers.forgetSubject(job.id);
        this.#watchIdle(); // it may have been the one that was edited
    }

    /** @param {string} jobId */
    #cancel(jobId) {
        const job = this.#jobs.get(jobId);
        if (!job || job.isOver) return;
        job.controller.abort();
        // The queue goes on when the workers have let go of the job; the page need not wait.
        this.#over(job, offcutError('CANCELLED', 'engine', 'The job was cancelled.'));
    }

    /**
     * @param {string} jobId
     * @returns {Promise<Job | undefined>}
     */
    async #expect(jobId) {
        await new Promise((resolve) => {
            this.#opened.addEventListener(jobId, resolve, { once: true });
            setTimeout(resolve, OPENING_MS);
        });
        return this.#jobs.get(jobId);
    }

    /**
     * @param {Job} job
     * @returns {Promise<ImageSource>}
     */
    #awaitSupply(job) {
        return new Promise((resolve, reject) => {
            const late = offcutError('TIMED_OUT', 'fetch', 'No picture came.', {
                seconds: SUPPLY_MS / 1000,
            });
            const timer = setTimeout(() => reject(late), SUPPLY_MS);
            this.#suppliers.set(job.id, { resolve, reject, timer });
            job.controller.signal.addEventListener('abort', () =>
                reject(offcutError('CANCELLED', 'fetch', 'The job was cancelled.')),
            );
        });
    }

    /**
     * @param {Job} job
     * @param {Promise<ImageSource>} supplied
     */
    async #work(job, supplied) {
        try {
            const source = await supplied;
            if (source.kind === 'url') job.address = source.url;
            const start = performance.now();
            job.picture = await fetchImage(source, job.controller.signal, (fraction) => {
                job.stages.fetch = fraction;
                job.changed();
            });
            if (source.kind === 'blob') job.notices = source.notices ?? [];
            job.stages.fetch = 1;
            job.timings.fetch = performance.now() - start;
            this.#ready.push(job);
            this.#next();
        } catch (error) {
            this.#over(job, error);
        } finally {
            clearTimeout(this.#suppliers.get(job.id)?.timer);
            this.#suppliers.delete(job.id);
        }
    }

    /**
     * Run something before the next job, with the workers for itself.
     *
     * @template T
     * @param {() => Promise<T>} work
     * @returns {Promise<T>}
     */
    #runAlone(work) {
        return new Promise((resolve, reject) => {
            this.#tasks.push(() => work().then(resolve, reject));
            this.#next();
        });
    }

    /** Run the next task or job, if none is running. */
    async #next() {
        if (this.#running || this.#isTaskRunning) return;
        const task = this.#tasks.shift();
        if (task) {
            this.#isTaskRunning = true;
            await task();
            this.#isTaskRunning = false;
            this.#watchIdle();
            this.#next();
            return;
        }
        const job = this.#ready.shift();
        if (!job) return;
        this.#running = job;
        this.#tellPositions();
        try {
            await runJob(job, this.#workers, this.#models);
            this.#over(job);
        } catch (error) {
            const { code } = toFailure(error, 'engine');
            if (!job.controller.signal.aborted && BREAKING_CODES.has(code)) this.#workers.stop();
            this.#over(job, error);
        } finally {
            this.#running = null;
            this.#watchIdle();
            this.#next();
        }
    }

    /**
     * @param {Job} job
     * @param {unknown} [error]
     */
    #over(job, error) {
        if (job.isOver) return;
        if (error) job.failWith(error);
        else job.finish(/** @type {import('../messages/job_types.js').Cutout} */ (job.cutout));
        if (job.failure) console.warn('job failed:', JSON.stringify(job.failure));
        if (job.state === 'done') console.info('job done, in ms:', JSON.stringify(job.timings));
        this.#activeChanged();
        this.#watchIdle();
        this.#ready = this.#ready.filter((each) => !each.isOver);
        for (const each of superfluous(this.#jobs.values())) this.#delete(each);
        this.#tellPositions();
    }

    #booted() {
        const { bootFraction } = this.#workers;
        for (const job of this.#jobs.values()) {
            if (job.isOver) continue;
            job.stages.start_python = bootFraction;
            job.changed();
        }
    }

    #tellPositions() {
        const busy = this.#running && !this.#running.isOver ? 1 : 0;
        if (this.#running && !this.#running.isOver) {
            this.#running.state = 'running';
            this.#running.ahead = 0;
        }
        for (const [index, job] of this.#ready.entries()) {
            job.ahead = index + busy;
            job.state = job.ahead > 0 ? 'queued' : 'running';
            job.changed();
        }
    }

    #activeChanged() {
        const active = [...this.#jobs.values()].filter((job) => !job.isOver);
        this.#onActive(active.length + (active.at(-1)?.behind ?? 0));
        this.#list.changed();
    }

    /** @param {Job} job */
    #forgetLater(job) {
        clearTimeout(job.forgetTimer);
        job.forgetTimer = setTimeout(() => {
            if (job.kept || job.watchers.size > 0) return;
            this.#cancel(job.id);
            this.#delete(job);
            this.#list.changed();
        }, UNWATCHED_MS);
    }

    /** Start the workers for a waiting job; let go of them some time after the last one. */
    #watchIdle() {
        clearTimeout(this.#idleTimer);
        if ([...this.#jobs.values()].some((job) => !job.isOver)) this.#workers.start();
        else if (!this.#running && !this.#isTaskRunning) {
            const isEdited = [...this.#jobs.values()].some(mayBeEdited);
            const patience = isEdited ? Math.max(this.#keepWarmMs, EDITING_MS) : this.#keepWarmMs;
            this.#idleTimer = setTimeout(() => this.#workers.stop(), patience);
        }
    }
}

/**
 * Whether a page edits a job, or has only just been told that it can.
 *
 * @param {Job} job
 */
function mayBeEdited({ edit, state, watchers }) {
    return edit !== undefined || (state === 'done' && watchers.size > 0);
}

/** @param {string} jobId */
function unknownJob(jobId) {
    const failure = {
        code: 'JOB_GONE',
        stage: 'engine',
        message: 'The engine does not know this job.',
        detail: {},
    };
    return { jobId, name: '', state: 'failed', ahead: 0, stages: {}, timings: {}, failure };
}
