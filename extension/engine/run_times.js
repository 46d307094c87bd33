/**
 * @file How long one run of each model took on this machine, kept over restarts.
 *
 * In `localStorage`, which is the only storage of a page that an offscreen document has
 * without a round trip; a few numbers are all that is in it.
 */

const KEY = 'run-times';
/** Share of the newest run in what is kept: one slow run on a busy machine decides little. */
const WEIGHT = 0.5;

export class RunTimes {
    /** @type {Map<string, number>} */
    #times = read();

    /** @returns {ReadonlyMap<string, number>}  Milliseconds of one run, by model. */
    get all() {
        return this.#times;
    }

    /** @param {import('../messages/types.js').ModelRan} ran */
    note({ modelId, milliseconds }) {
        const before = this.#times.get(modelId) ?? milliseconds;
        this.#times.set(modelId, Math.round(before + WEIGHT * (milliseconds - before)));
        this.#keep();
    }

    /** @param {string} modelId */
    forget(modelId) {
        this.#times.delete(modelId);
        this.#keep();
    }

    #keep() {
        localStorage.setItem(KEY, JSON.stringify([...this.#times]));
    }
}

/** @returns {Map<string, number>} */
function read() {
    try {
        return new Map(JSON.parse(localStorage.getItem(KEY) ?? '[]'));
    } catch {
        return new Map(); // whoever wrote that, it was not us
    }
}
