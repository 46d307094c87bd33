/**
 * @file Taps on the picture of a finished job: what a click there may mean.
 *
 * Decides: which model looks at a tap, that a pair which answers clicks is asked besides and no more
 * for a picture for which it has failed, that a hovering pointer waits for no network.
 */

import { subjectKey } from './pipeline_run.js';

/** @typedef {import('./job.js').Job} Job */
/** @typedef {import('./workers.js').Workers} Workers */
/** @typedef {import('./models.js').Models} Models */
/** @typedef {import('./edits.js').RunAlone} RunAlone */
/** @typedef {import('../messages/model_types.js').ModelEntry} ModelEntry */
/** @typedef {Extract<import('../messages/edit_types.js').EditRequest,
 *     { type: 'edit.tap' }>['body']} TapBody */

export class Taps {
    #workers;
    #models;
    #runAlone;
    #resources;
    /** @type {WeakSet<Job>} The pair that answers clicks has failed for them. */
    #plain = new WeakSet();

    /**
     * @param {Workers} workers
     * @param {Models} models
     * @param {RunAlone} runAlone
     * @param {import('./edit_resources.js').EditResources} resources
     */
    constructor(workers, models, runAlone, resources) {
        this.#workers = workers;
        this.#models = models;
        this.#runAlone = runAlone;
        this.#resources = resources;
    }

    /**
     * @param {Job} job
     * @param {TapBody} body
     * @param {AbortSignal} signal
     * @returns {Promise<import('../messages/edit_types.js').TapGuesses>}
     */
    async answer(job, body, signal) {
        const { edit, tap, taps, isHover = false } = body;
        const key = subjectKey(job.id, edit.options);
        const chosen = await this.#models.choose(quick(edit.options), new Set());
        const models = chosen.models.slice(0, 1);
        const told = { ...edit, tap, taps, models, way: wayOf(body) };
        const now = async () => {
            signal.throwIfAborted();
            const prompted = await this.#load(job, models);
            const reply = await this.#workers.tap(
                key,
                JSON.stringify({ ...told, prompted }),
                signal,
            );
            if ('isPlain' in reply && reply.isPlain) this.#leave(job, prompted);
            return reply;
        };
        const hover = () => this.#workers.hover(key, JSON.stringify(told));
        const ask = isHover ? hover : () => this.#runAlone(now);
        const { guesses } = await this.#resources.askWithAll(job, edit, signal, ask);
        return { guesses, isPlain: this.#plain.has(job) };
    }

    /**
     * Load what is to be asked, without the pair if that cannot be loaded.
     *
     * @param {Job} job
     * @param {ModelEntry[]} models
     * @returns {Promise<ModelEntry[]>}  The pair, or none.
     */
    async #load(job, models) {
        const prompted = this.#plain.has(job) ? [] : await this.#models.prompted();
        try {
            await this.#workers.load([...models, ...prompted]);
            return prompted;
        } catch (error) {
            if (prompted.length === 0) throw error;
            console.warn('doing without the models that answer clicks:', error);
            this.#leave(job, prompted);
            await this.#workers.load(models);
            return [];
        }
    }

    /**
     * The pair has failed: it is done without, and its memory is let go.
     *
     * @param {Job} job
     * @param {readonly ModelEntry[]} prompted
     */
    #leave(job, prompted) {
        this.#plain.add(job);
        for (const { id } of prompted) this.#workers.forget(id);
    }
}

/**
 * As `Tapper.tap_steps` of Python has it.
 *
 * @param {TapBody} body
 */
function wayOf({ isHover, isClick, isAhead }) {
    if (isHover) return 'hover';
    if (isClick) return 'click';
    return isAhead ? 'ahead' : 'tap';
}

/**
 * One look for a tap is one run of one network.
 *
 * @param {import('../messages/job_types.js').JobOptions} options
 * @returns {import('../messages/job_types.js').JobOptions}
 */
function quick({ model = null }) {
    return { quality: 'fast', model };
}
