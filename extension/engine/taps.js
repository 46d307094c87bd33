/**
 * @file Taps on the picture of a finished job: what a click there may mean.
 *
 * Decides: which model looks at a tap, that a pair which answers clicks is asked besides, that a hovering pointer waits for no network.
 */

import { subjectKey } from './pipeline_run.js';

/** @typedef {import('./job.js').Job} Job */
/** @typedef {import('./workers.js').Workers} Workers */
/** @typedef {import('./models.js').Models} Models */
/** @typedef {import('./edits.js').RunAlone} RunAlone */
/** @typedef {Extract<import('../messages/edit_types.js').EditRequest,
 *     { type: 'edit.tap' }>['body']} TapBody */

export class Taps {
    #workers;
    #models;
    #runAlone;
    #resources;

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
        const prompted = isHover ? [] : await this.#models.prompted();
        const way = wayOf(body);
        const asked = JSON.stringify({ ...edit, tap, taps, models, prompted, way });
        const now = async () => {
            signal.throwIfAborted();
            await this.#workers.load([...models, ...prompted]);
            return this.#workers.tap(key, asked, signal);
        };
        const ask = isHover ? () => this.#workers.hover(key, asked) : () => this.#runAlone(now);
        const { guesses } = await this.#resources.askWithAll(job, edit, signal, ask);
        return { guesses };
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
