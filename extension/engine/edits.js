/**
 * @file Edits of finished jobs: previews while a person works, and the file at full size.
 *
 * Python keeps what the edits begin with. When it no longer does (the workers were asleep,
 * died, needed the room, or another quality is asked for) it is made again from the job's picture,
 * and no page hears of more than the progress.
 */

import { offcutError, toFailure } from '../messages/failure.js';
import { decodeInBrowser } from './decode_in_browser.js';
import { BREAKING_CODES, findSubject, MAX_MEGAPIXELS, subjectKey } from './run_job.js';

/** So often is brought what Python says it needs, before something else must be wrong. */
const MOST_TRIES = 5;
/** Making a file takes seconds; by then the worker is stuck. */
const SAVE_MS = 180_000;
/** When nobody has asked for a preview for so long, a file that has made way is begun anew. */
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
    #models;
    #alone;
    /** @type {Map<string, Promise<void>>} Subjects that are being found, by key. */
    #finding = new Map();
    /** @type {AbortController | null} Of the file that is being made. */
    #saving = null;
    #lastPreview = 0;

    /**
     * @param {Workers} workers
     * @param {Models} models
     * @param {RunAlone} alone
     */
    constructor(workers, models, alone) {
        this.#workers = workers;
        this.#models = models;
        this.#alone = alone;
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
        if (type === 'edit.background') return this.#keepBackground(job, body, signal);
        const { edit } = body;
        if (type === 'edit.save') return this.#save(job, body, signal);
        // A hand that draws does not wait for a file.
        this.#saving?.abort();
        this.#lastPreview = performance.now();
        job.edit = edit;
        const asked = JSON.stringify({ ...edit, maxPixels: body.maxPixels });
        const key = subjectKey(job.id, edit.options);
        const preview = () => this.#workers.preview(key, asked);
        const { ok, ...made } = await this.#withAllNeeded(job, edit, signal, preview);
        return made;
    }

    /**
     * @param {Job} job
     * @param {{ edit: Edit, isIdle?: boolean }} body
     * @param {AbortSignal} signal
     * @returns {Promise<import('../messages/job_types.js').Cutout>}
     */
    async #save(job, { edit, isIdle = false }, signal) {
        const asked = JSON.stringify(edit);
        const key = subjectKey(job.id, edit.options);
        const pause = new AbortController();
        const save = () => this.#alone(() => this.#saveNow(key, asked, signal, pause));
        try {
            const reply = await this.#withAllNeeded(job, edit, signal, save);
            const { cutout, mediaType, width, height } = reply;
            const notices = [...job.notices, ...reply.notices];
            return { blob: new Blob([cutout], { type: mediaType }), width, height, notices };
        } catch (error) {
            const hasMadeWay =
                pause.signal.aborted && toFailure(error, 'edit').code === 'CANCELLED';
            if (!hasMadeWay || isIdle || signal.aborted) throw error;
        }
        while (performance.now() - this.#lastPreview < QUIET_MS) {
            await new Promise((resolve) => setTimeout(resolve, QUIET_MS));
        }
        return this.#save(job, { edit }, signal);
    }

    /**
     * @param {string} key
     * @param {string} asked
     * @param {AbortSignal} signal
     * @param {AbortController} pause
     */
    async #saveNow(key, asked, signal, pause) {
        signal.throwIfAborted();
        const late = offcutError('TIMED_OUT', 'encode', 'The file was not finished.');
        const timer = setTimeout(() => this.#workers.stop(late), SAVE_MS);
        this.#saving = pause;
        try {
            return await this.#workers.save(key, asked, signal, pause.signal);
        } finally {
            this.#saving = null;
            clearTimeout(timer);
        }
    }

    /**
     * Ask Python, and bring what it needs for the answer.
     *
     * @template {{ ok: boolean, needs?: string, failure?: any }} Reply
     * @param {Job} job
     * @param {Edit} edit
     * @param {AbortSignal} signal
     * @param {() => Promise<Reply>} ask
     * @returns {Promise<Extract<Reply, { ok: true, needs?: undefined }>>}
     */
    async #withAllNeeded(job, edit, signal, ask) {
        for (let tries = 0; tries < MOST_TRIES; tries++) {
            signal.throwIfAborted();
            const needs = await this.#tryOnce(ask);
            if (typeof needs !== 'string') return /** @type {any} */ (needs);
            if (needs === 'background') await this.#bringBackground(job, edit);
            else await this.#bringSubject(job, edit, signal);
        }
        throw offcutError('ENGINE_LOST', 'edit', 'What an edit needs does not stay in Python.');
    }

    /**
     * @template {{ ok: boolean, needs?: string, failure?: any }} Reply
     * @param {() => Promise<Reply>} ask
     * @returns {Promise<Reply | string>}  Or what it needs.
     */
    async #tryOnce(ask) {
        try {
            const reply = await ask();
            if (!reply.ok) {
                const { code, stage, message, detail } = reply.failure;
                throw offcutError(code, stage, message, detail);
            }
            return reply.needs ?? reply;
        } catch (error) {
            const { code } = toFailure(error, 'edit');
            if (BREAKING_CODES.has(code)) this.#workers.stop(); // the next one starts anew
            if (code === 'ENGINE_LOST') return 'subject'; // not running, or it has just died
            throw error;
        }
    }

    /**
     * @param {Job} job
     * @param {Edit} edit
     * @param {AbortSignal} signal
     */
    async #bringSubject(job, { options }, signal) {
        const key = subjectKey(job.id, options);
        const found =
            this.#finding.get(key) ??
            this.#alone(() => findSubject(job, options, signal, this.#workers, this.#models));
        this.#finding.set(key, found);
        try {
            await found;
        } catch (error) {
            const { code } = toFailure(error, 'edit');
            if (!signal.aborted && BREAKING_CODES.has(code)) this.#workers.stop();
            // It may have been found for another page, which is gone; this one asks again.
            if (signal.aborted || code !== 'CANCELLED') throw error;
        } finally {
            if (this.#finding.get(key) === found) this.#finding.delete(key);
        }
    }

    /**
     * @param {Job} job
     * @param {{ background: string, blob: Blob }} body
     * @param {AbortSignal} signal
     */
    async #keepBackground(job, { background, blob }, signal) {
        await this.#workers.start().python;
        await this.#giveBackground(job.id, background, blob);
        signal.throwIfAborted();
        job.backgrounds.set(background, blob);
        return {};
    }

    /**
     * @param {Job} job
     * @param {Edit} edit
     */
    async #bringBackground(job, { background = '' }) {
        const blob = job.backgrounds.get(background);
        if (!blob) {
            const message = 'The background picture was not given.';
            throw offcutError('BAD_OPTION', 'options', message, { option: 'background' });
        }
        await this.#giveBackground(job.id, background, blob);
    }

    /**
     * @param {string} jobId
     * @param {string} name
     * @param {Blob} blob
     */
    async #giveBackground(jobId, name, blob) {
        const give = (/** @type {ArrayBuffer} */ bytes, /** @type {object} */ request) =>
            this.#workers.giveBackground(jobId, name, bytes, JSON.stringify(request));
        let reply = await give(await blob.arrayBuffer(), {});
        if (!reply.ok && reply.failure.detail.browser) {
            const { failure } = reply;
            const { buffer, ...pixels } = await decodeInBrowser(blob, failure, MAX_MEGAPIXELS);
            reply = await give(buffer, { pixels });
        }
        if (reply.ok) return;
        const { code, stage, message, detail } = reply.failure;
        throw offcutError(code, stage, message, detail);
    }
}
