/**
 * @file Edits of finished jobs: previews while a person works, and the file at full size.
 *
 * Decides: which goes first when a preview, a tap and a file are wanted, how long a file may take,
 * when an interrupted one is begun anew, JOB_GONE.
 *
 * A file gives way to every preview and every tap: a hand that draws does not wait.
 */

import { offcutError, toFailure } from '../messages/failure.js';
import { awakeTimeout } from '../platform/awake_timeout.js';
import { BetterResults } from './better_results.js';
import { EditResources } from './edit_resources.js';
import { subjectKey } from './pipeline_run.js';
import { Taps } from './taps.js';

/** Making a file takes seconds; after this time the worker counts as stuck. */
const SAVE_MS = 180_000;
/** Without a preview or a tap for so long, a file that has given way is begun anew. */
const QUIET_MS = 600;

/** @typedef {import('./job.js').Job} Job */
/** @typedef {import('./workers.js').Workers} Workers */
/** @typedef {import('./models.js').Models} Models */
/** @typedef {import('../messages/edit_types.js').Edit} Edit */
/** @typedef {import('../messages/edit_types.js').EditRequest} EditRequest */
/** @typedef {import('../messages/edit_types.js').EditReplied} EditReplied */
/** @typedef {<T>(work: () => Promise<T>) => Promise<T>} RunAlone  Before the next job. */

export class Edits {
    #workers;
    #runAlone;
    #resources;
    #taps;
    #better;
    /** @type {{ pause: AbortController, isIdle: boolean } | null} The file that is being made. */
    #saving = null;
    /** When a preview or a tap was asked for last. */
    #lastUrgent = 0;

    /**
     * @param {Workers} workers
     * @param {Models} models
     * @param {RunAlone} runAlone
     * @param {import('./better_results.js').RunLater} runLater
     */
    constructor(workers, models, runAlone, runLater) {
        this.#workers = workers;
        this.#runAlone = runAlone;
        this.#resources = new EditResources(workers, models, runAlone);
        this.#taps = new Taps(workers, models, runAlone, this.#resources);
        this.#better = new BetterResults(workers, models, runLater);
    }

    /**
     * Do what a page asks of its job.
     *
     * @param {Job | undefined} job
     * @param {EditRequest} request
     * @param {AbortSignal} signal  Of the page: it is gone.
     * @returns {Promise<EditReplied>}
     */
    async answer(job, request, signal) {
        const { id } = request;
        try {
            if (job?.state !== 'done') {
                throw offcutError('JOB_GONE', 'engine', 'There is no finished job to edit.');
            }
            const either = AbortSignal.any([signal, job.controller.signal]);
            const body = await this.#do(job, request, either);
            return { type: 'edit.replied', id, ok: true, body };
        } catch (error) {
            return { type: 'edit.replied', id, ok: false, failure: toFailure(error, 'edit') };
        }
    }

    /**
     * @param {Job} job
     * @param {EditRequest} request
     * @param {AbortSignal} signal
     */
    async #do(job, { type, body }, signal) {
        if (type === 'edit.background') return this.#resources.keepBackground(job, body, signal);
        if (type === 'edit.better') return { better: await this.#better.make(job, signal) };
        const { edit } = body;
        if (type === 'edit.save') return this.#save(job, body, signal);
        // A pointer that only passes over the picture holds up no file that somebody waits for, and
        // a look ahead no file at all.
        const isAhead = type === 'edit.tap' && body.isAhead === true;
        const isHover = type === 'edit.tap' && body.isHover === true;
        const isUrgent = !isHover && !isAhead;
        if (isUrgent || (isHover && this.#saving?.isIdle)) this.#saving?.pause.abort();
        if (isUrgent) this.#lastUrgent = performance.now();
        if (type === 'edit.tap') return this.#taps.answer(job, body, signal);
        // The original is not what a person has made of it.
        if (!body.isOriginal) job.showEdit(edit);
        const asked = JSON.stringify({ ...edit, maxPixels: body.maxPixels });
        const key = subjectKey(job.id, edit.options);
        const preview = () => this.#workers.preview(key, asked);
        const { ok, ...made } = await this.#resources.askWithAll(job, edit, signal, preview);
        return made;
    }

    /**
     * @param {Job} job
     * @param {{ edit: Edit, isIdle?: boolean, isAside?: boolean, isMoving?: boolean }} body
     * @param {AbortSignal} signal
     * @returns {Promise<import('../messages/job_types.js').Cutout>}
     */
    async #save(job, { edit, isIdle = false, isAside = false, isMoving = false }, signal) {
        const asked = JSON.stringify({ ...edit, isMoving });
        const key = subjectKey(job.id, edit.options);
        const pause = new AbortController();
        const saving = { pause, isIdle };
        const save = () => this.#runAlone(() => this.#saveNow(key, asked, signal, saving));
        try {
            const reply = await this.#resources.askWithAll(job, edit, signal, save);
            if ('isGone' in reply)
                throw offcutError('JOB_GONE', 'edit', 'The frames are not kept.');
            const { cutout, mediaType, width, height } = reply;
            const notices = [...job.notices, ...reply.notices];
            const blob = new Blob([cutout], { type: mediaType });
            const { checks, frames } = reply;
            const made = { blob, width, height, notices, checks, frames };
            // A sheet to print is no picture that a list could show.
            if (!isAside && !edit.options.sheet) job.showEdit(edit, made);
            return made;
        } catch (error) {
            const hasGivenWay =
                pause.signal.aborted && toFailure(error, 'edit').code === 'CANCELLED';
            if (!hasGivenWay || isIdle || signal.aborted) throw error;
        }
        while (performance.now() - this.#lastUrgent < QUIET_MS) {
            await new Promise((resolve) => setTimeout(resolve, QUIET_MS));
        }
        return this.#save(job, { edit, isAside, isMoving }, signal);
    }

    /**
     * @param {string} key
     * @param {string} asked
     * @param {AbortSignal} signal
     * @param {{ pause: AbortController, isIdle: boolean }} saving
     */
    async #saveNow(key, asked, signal, saving) {
        signal.throwIfAborted();
        const late = offcutError('TIMED_OUT', 'encode', 'The file was not finished.');
        const inTime = awakeTimeout(() => this.#workers.stop(late), SAVE_MS);
        this.#saving = saving;
        try {
            return await this.#workers.save(key, asked, signal, saving.pause.signal);
        } finally {
            this.#saving = null;
            inTime();
        }
    }
}
