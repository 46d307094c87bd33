/**
 * @file Starts the workers for a waiting job, and ends them some time after their last work.
 *
 * Decides: how long memory is kept after a job ("keep warm") and while an editor is open.
 */

/** While a page can edit, the workers stay at least this long. */
export const EDITING_MS = 120_000;

/**
 * What decides whether the workers are needed.
 *
 * @typedef {object} Demand
 * @property {() => boolean} isWaiting  A job is not over yet.
 * @property {() => boolean} isBusy     A job or a task has the workers.
 * @property {() => boolean} isEdited   A page edits a finished job, or can.
 */

export class IdleShutdown {
    #keepWarmMs = 0;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    #timer;
    /** Pieces of work beside the queue that use the workers now. */
    #users = 0;
    #workers;
    #demand;

    /**
     * @param {{ start: () => unknown, stop: () => void }} workers
     * @param {Demand} demand
     */
    constructor(workers, demand) {
        this.#workers = workers;
        this.#demand = demand;
    }

    /** @param {{ keepWarmMinutes: number }} settings */
    configure({ keepWarmMinutes }) {
        this.#keepWarmMs = keepWarmMinutes * 60_000;
        this.check();
    }

    /**
     * Keep the workers while something beside the queue uses them, a model's test for one.
     *
     * @template T
     * @param {() => Promise<T>} work
     * @returns {Promise<T>}
     */
    async keepFor(work) {
        this.#users += 1;
        clearTimeout(this.#timer);
        try {
            return await work();
        } finally {
            this.#users -= 1;
            this.check();
        }
    }

    /** To be called whenever the demand may have changed. */
    check() {
        clearTimeout(this.#timer);
        if (this.#demand.isWaiting()) this.#workers.start();
        else if (this.#isIdle) {
            const least = this.#demand.isEdited() ? EDITING_MS : 0;
            const patience = Math.max(this.#keepWarmMs, least);
            this.#timer = setTimeout(() => this.#stop(), patience);
        }
    }

    get #isIdle() {
        return this.#users === 0 && !this.#demand.isBusy();
    }

    /** What has begun since the last check is not ended; it calls for another check at its end. */
    #stop() {
        if (this.#isIdle && !this.#demand.isWaiting()) this.#workers.stop();
    }
}
