/**
 * @file The engine's jobs: puts the register, the queue, the ports and the shutdown together.
 *
 * Decides: which event reaches which of these, how a job opens and gets its picture; what is shown
 * of Python's start. How long jobs live: job_register.js; their order: job_queue.js; workers:
 * idle_shutdown.js.
 *
 * How a job opens, and what each side may rely on:
 *
 * 1. The service worker opens every job by `job.open`: with its picture, or before the picture
 *    is found, so that the result page can show progress at once. Then it sends `job.supply` or
 *    `job.fail`; a job that gets neither fails by itself (picture_supply.js).
 * 2. A page that shows a job first asks the service worker for `engine.ensure`. The answer comes
 *    when the engine is there and knows every job that is being opened
 *    (background/open_job.js). So an unknown job is gone, and its page is told so at once.
 * 3. When an engine ends, the service worker opens in the next one what was not over, with all that
 *    it knew of it by then (background/unfinished_jobs.js).
 * 4. The page connects a port `job:<id>`. A job without a page is cancelled and forgotten after
 *    a time in which a page can open or reload (job_register.js).
 */

import { offcutError, toFailure } from '../messages/failure.js';
import { awakeTimeout } from '../platform/awake_timeout.js';
import { Edits } from './edits.js';
import { IdleShutdown } from './idle_shutdown.js';
import { JobListPorts } from './job_list_ports.js';
import { JobPorts } from './job_ports.js';
import { JobQueue } from './job_queue.js';
import { JobRegister } from './job_register.js';
import { beginNext } from './next_picture.js';
import { PictureSupply } from './picture_supply.js';
import { runJob } from './run_job.js';

/** A network that has not answered by then on the test picture never will. */
const TRIAL_MS = 300_000;

/** @typedef {import('./job.js').Job} Job */

/**
 * @typedef {object} EngineParts
 * @property {import('./workers.js').Workers} workers
 * @property {import('./models.js').Models} models
 * @property {import('./job_ports.js').PortParts['channels']} channels
 * @property {import('./job_queue.js').QueueParts['fetchPicture']} fetchPicture
 * @property {(active: number, unfinished: string[]) => void} onActive  Told how many jobs are not
 *     over, with those that a page is still to bring, and the ids of those that are here.
 * @property {() => void} onUnfollowed  A service worker has ended that followed a job, or was to
 *     bring its picture.
 */

export class Engine {
    #supply = new PictureSupply();
    #workers;
    #register;
    #queue;
    #shutdown;
    #ports;

    /** @param {EngineParts} parts */
    constructor({ workers, models, channels, fetchPicture, onActive, onUnfollowed }) {
        this.#workers = workers;
        workers.onBoot = () => this.#showBoot();
        const list = new JobListPorts(() => this.#register.jobs);
        this.#register = new JobRegister({
            onChange: () => list.tellSoon(),
            onActive,
            onOver: () => {
                this.#queue.update();
                this.#shutdown.check();
            },
            onForgotten: (jobId) => {
                workers.forgetSubject(jobId);
                this.#shutdown.check(); // it may have been the one that was edited
            },
        });
        this.#queue = new JobQueue({
            fetchPicture,
            cutOut: (job) => runJob(job, workers, models),
            stopWorkers: () => workers.stop(),
            onFree: () => this.#shutdown.check(),
        });
        workers.onNetwork = (request) =>
            beginNext(request, this.#queue.running, () => this.#queue.next, workers);
        this.#shutdown = new IdleShutdown(workers, {
            isWaiting: () => this.#register.jobs.some((job) => !job.isOver),
            isBusy: () => this.#queue.isBusy,
            isEdited: () => this.#register.jobs.some(mayBeEdited),
        });
        const edits = new Edits(
            workers,
            models,
            (work) => this.#queue.runAlone(work),
            (work) => this.#queue.runLater(work),
        );
        this.#ports = new JobPorts(this.#register, {
            channels,
            list,
            onUnfollowed,
            onSilence: () => this.#supply.isAwaited && onUnfollowed(),
            answerEdit: async (job, request, page) => {
                this.#shutdown.check(); // the patience begins anew with each edit
                const answer = await edits.answer(job, request, page);
                this.#shutdown.check();
                return answer;
            },
            onUnwatched: () => this.#shutdown.check(), // it may have been the one that could edit
        });
    }

    /** @param {import('../messages/job_types.js').EngineSettings} settings */
    configure(settings) {
        this.#shutdown.configure(settings);
    }

    /**
     * Begin a job; its picture comes now or with `supply`. The workers start meanwhile.
     *
     * @param {import('../messages/job_types.js').JobOpening} opening
     */
    open(opening) {
        if (this.#register.get(opening.jobId)) return; // the answer to the first time was lost
        const job = this.#register.open(opening);
        this.configure(opening.settings);
        this.#showBoot();
        const { source } = opening;
        this.#queue.add(job, source ?? this.#supply.wait(job.id, job.controller.signal));
    }

    /** @param {import('../messages/job_types.js').JobSupply} supplied */
    supply({ jobId, source }) {
        this.#supply.give(jobId, source);
    }

    /** @param {import('../messages/job_types.js').JobFailing} failing */
    fail({ jobId, failure }) {
        this.#supply.fail(jobId, failure);
    }

    /**
     * @param {string} jobId
     * @returns {boolean}  False for a job that a page shows, and for one that is not there.
     */
    forget(jobId) {
        const job = this.#register.get(jobId);
        if (!job || job.watchers.size > 0) return false;
        this.#register.forget(job);
        return true;
    }

    /** @param {chrome.runtime.Port} port  Of a page that shows jobs. */
    connect(port) {
        this.#ports.connect(port);
    }

    /**
     * Let something else than a job use the model worker, while no job has it. If the worker
     * ends on the way, for a reason of its own, the work is done once more.
     *
     * @template T
     * @param {() => Promise<T>} work
     * @returns {Promise<T>}
     */
    runOnModel(work) {
        return this.#shutdown.keepFor(() => this.#queue.runAlone(() => this.#tryTwice(work)));
    }

    /**
     * Keep the workers while something else uses them that gives way to jobs.
     *
     * @template T
     * @param {() => Promise<T>} work
     * @returns {Promise<T>}
     */
    keepWorkersFor(work) {
        return this.#shutdown.keepFor(work);
    }

    /**
     * @template T
     * @param {() => Promise<T>} work
     * @returns {Promise<T>}
     */
    async #tryTwice(work) {
        const late = offcutError('TIMED_OUT', 'inference', 'The model gave no answer.');
        const inTime = awakeTimeout(() => this.#workers.stop(late), TRIAL_MS);
        try {
            return await work();
        } catch (error) {
            if (toFailure(error, 'engine').code !== 'ENGINE_LOST') throw error;
            return await work();
        } finally {
            inTime();
        }
    }

    #showBoot() {
        for (const job of this.#register.jobs) {
            if (job.isOver) continue;
            job.stages.start_python = this.#workers.bootFraction;
            job.tellSoon();
        }
    }
}

/**
 * Whether a page edits a job, or has only just been told that it can, or may be reloading.
 *
 * @param {Job} job
 */
function mayBeEdited({ edit, kept, state, watchers }) {
    return (edit !== undefined && !kept) || (state === 'done' && watchers.size > 0);
}
