/**
 * @file What Python keeps for the edits of a job: its subject, and pictures for the background.
 *
 * Decides: what happens to the editor when the workers were asleep, died or lack memory: the
 * subject is found again, a background picture handed over again.
 *
 * Python may have lost them (the workers were asleep, died, needed the room, or another quality
 * is asked for). Then they are made again from the job, and the page sees only the progress.
 */

import { offcutError, toFailure } from '../messages/failure.js';
import { decodeInBrowser } from './decode_in_browser.js';
import { BREAKING_CODES } from './job_queue.js';
import { MAX_MEGAPIXELS, subjectKey } from './pipeline_run.js';
import { findSubject } from './run_job.js';

/** An edit needs a subject and a background; more misses in a row are a fault. */
const MOST_TRIES = 5;

/** @typedef {import('./job.js').Job} Job */
/** @typedef {import('./workers.js').Workers} Workers */
/** @typedef {import('./models.js').Models} Models */
/** @typedef {import('./edits.js').RunAlone} RunAlone */
/** @typedef {import('../messages/edit_types.js').Edit} Edit */

export class EditResources {
    #workers;
    #models;
    #runAlone;
    /** @type {Map<string, Promise<void>>} Subjects that are being found, by key. */
    #finding = new Map();

    /**
     * @param {Workers} workers
     * @param {Models} models
     * @param {RunAlone} runAlone
     */
    constructor(workers, models, runAlone) {
        this.#workers = workers;
        this.#models = models;
        this.#runAlone = runAlone;
    }

    /**
     * Ask Python, and give it what it misses for the answer.
     *
     * @template {{ ok: boolean, needs?: string, failure?: any }} Reply
     * @param {Job} job
     * @param {Edit} edit
     * @param {AbortSignal} signal
     * @param {() => Promise<Reply>} ask
     * @returns {Promise<Extract<Reply, { ok: true, needs?: undefined }>>}
     */
    async askWithAll(job, edit, signal, ask) {
        for (let tries = 0; tries < MOST_TRIES; tries++) {
            signal.throwIfAborted();
            const needs = await this.#tryOnce(ask);
            if (typeof needs !== 'string') return /** @type {any} */ (needs);
            if (needs === 'background') await this.#restoreBackground(job, edit);
            else await this.#restoreSubject(job, edit, signal);
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
    async #restoreSubject(job, { options }, signal) {
        const key = subjectKey(job.id, options);
        const found =
            this.#finding.get(key) ??
            this.#runAlone(() => findSubject(job, options, signal, this.#workers, this.#models));
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
     * Give Python a picture for the background, and keep it in the job.
     *
     * @param {Job} job
     * @param {{ background: string, blob: Blob }} body
     * @param {AbortSignal} signal
     */
    async keepBackground(job, { background, blob }, signal) {
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
    async #restoreBackground(job, { background = '' }) {
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
