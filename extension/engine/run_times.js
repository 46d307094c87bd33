/**
 * @file How long one run of each model took on this machine, kept over restarts: the last runs
 * as they were, and one number that the choice of models goes by.
 *
 * Decides: how many runs are kept, and how much the newest weighs.
 *
 * In `localStorage`, which is the only storage of a page that an offscreen document has
 * without a round trip; a few numbers are all that is in it.
 */

const KEY = 'run-times';
const LAST_KEY = 'last-runs';
/** So many are kept of each model. */
const LAST_RUNS = 3;
/** Share of the newest run in what is kept: one slow run on a busy machine decides little. */
const WEIGHT = 0.5;

/** @typedef {import('../messages/model_types.js').PastRun} PastRun */

export class RunTimes {
    /** @type {Map<string, number>} */
    #times = read(KEY);
    /** @type {Map<string, PastRun[]>} */
    #last = read(LAST_KEY);
    /** @type {() => void}  Told of every run. */
    onChange = () => undefined;

    /** @returns {ReadonlyMap<string, number>}  Milliseconds of one run, by model. */
    get all() {
        return this.#times;
    }

    /**
     * @param {string} modelId
     * @returns {PastRun[]}  The newest first.
     */
    lastOf(modelId) {
        return this.#last.get(modelId) ?? [];
    }

    /**
     * @param {import('../messages/worker_types.js').ModelRan} ran
     * @param {import('../messages/model_types.js').Backend} backend
     */
    note({ modelId, milliseconds }, backend) {
        const before = this.#times.get(modelId) ?? milliseconds;
        this.#times.set(modelId, Math.round(before + WEIGHT * (milliseconds - before)));
        const run = { at: Date.now(), milliseconds: Math.round(milliseconds), backend };
        this.#last.set(modelId, [run, ...this.lastOf(modelId)].slice(0, LAST_RUNS));
        this.#keep();
        this.onChange();
    }

    /** @param {string} modelId */
    forget(modelId) {
        this.#times.delete(modelId);
        this.#last.delete(modelId);
        this.#keep();
    }

    #keep() {
        localStorage.setItem(KEY, JSON.stringify([...this.#times]));
        localStorage.setItem(LAST_KEY, JSON.stringify([...this.#last]));
    }
}

/**
 * @param {string} key
 * @returns {Map<string, any>}
 */
function read(key) {
    try {
        return new Map(JSON.parse(localStorage.getItem(key) ?? '[]'));
    } catch {
        return new Map(); // whoever wrote that, it was not us
    }
}
