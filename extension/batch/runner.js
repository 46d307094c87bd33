/**
 * @file Feeds the engine: one picture is being cut out and the next is there already, never
 * more. So memory does not depend on how many there are.
 */

import { toFailure } from '../messages/failure.js';
import { pictureName } from '../settings/file_name.js';
import { jobOptions } from '../settings/output_settings.js';
import { Flight } from './flight.js';
import { isFull } from './store.js';

/** @typedef {import('./item.js').Item} Item */

const IN_FLIGHT = 2;
/** A picture under which the engine went away so often is taken to be the cause. */
const MOST_LOSSES = 2;

export class Runner {
    /** @type {Map<Item, Flight>} */
    #flights = new Map();
    #queue;
    #store;
    #onProgress;
    #onMade;

    /**
     * @param {import('./queue.js').Queue} queue
     * @param {import('./store.js').BatchStore} store
     * @param {(item: Item, snapshot: import('../messages/types.js').JobSnapshot) => void} onProgress
     * @param {(item: Item) => Promise<void>} onMade  Its result is in storage.
     */
    constructor(queue, store, onProgress, onMade) {
        this.#queue = queue;
        this.#store = store;
        this.#onProgress = onProgress;
        this.#onMade = onMade;
    }

    /** Start what may start. */
    fill() {
        while (!this.#queue.isPaused && this.#flights.size < IN_FLIGHT) {
            const item = this.#queue.next();
            if (!item) return;
            this.#run(item);
        }
    }

    /** Begin nothing new; what is at work is finished. */
    pause() {
        this.#queue.isPaused = true;
        for (const [item, flight] of this.#flights) {
            if (flight.isQueued) this.stop(item, 'waiting');
        }
    }

    resume() {
        this.#queue.isPaused = false;
        this.fill();
    }

    /**
     * Take a picture out of the engine, if it is there.
     *
     * @param {Item} item
     * @param {import('./item.js').ItemState} state  What it is from now on.
     */
    stop(item, state) {
        const flight = this.#flights.get(item);
        this.#flights.delete(item);
        flight?.stop();
        this.#queue.change(item, { state });
        this.fill();
    }

    /** @param {Item} item */
    async #run(item) {
        const flight = new Flight(() => flight.last && this.#onProgress(item, flight.last));
        this.#flights.set(item, flight);
        this.#queue.change(item, { state: 'running', failure: null });
        const { making } = item;
        /** @type {Partial<Item>} */
        let outcome;
        try {
            const end = await this.#fly(item, flight);
            if (this.#flights.get(item) !== flight) return; // it was stopped
            outcome = await this.#outcome(item, end);
        } catch (error) {
            outcome = { state: 'failed', failure: describe(error) };
        }
        if (this.#flights.get(item) !== flight) return;
        if (outcome.state === 'done' && item.making === making) {
            // Who sees it done may close the page: it is written down before it is shown.
            Object.assign(item, outcome);
            await this.#store.save();
            if (this.#flights.get(item) !== flight) return;
        }
        this.#flights.delete(item);
        flight.stop(); // the engine lets go of it at once
        // Other settings were applied meanwhile: what came is not what is wanted.
        if (item.making !== making && outcome.state === 'done') outcome = { state: 'waiting' };
        this.#queue.change(item, outcome);
        if (outcome.state === 'done') await this.#onMade(item);
        this.fill();
    }

    /**
     * @param {Item} item
     * @param {Flight} flight
     */
    async #fly(item, flight) {
        const original = await this.#store.original(item);
        if (!original) throw new Error('The original is no longer in storage.');
        const behind = this.#queue.count('waiting');
        const options = jobOptions(item.making);
        await flight.start(pictureName(item.fileName), original, { options, behind });
        return flight.end;
    }

    /**
     * @param {Item} item
     * @param {import('../messages/types.js').JobSnapshot | null} end
     * @returns {Promise<Partial<Item>>}
     */
    async #outcome(item, end) {
        if (!end) return this.#afterLoss(item);
        if (end.state === 'cancelled') return { state: 'cancelled' };
        if (!end.cutout) return { state: 'failed', failure: end.failure ?? null };
        const { blob, width, height } = end.cutout;
        await this.#store.putResult(item, blob);
        const made = { mediaType: blob.type, width, height, bytes: blob.size };
        return { state: 'done', made, saved: false };
    }

    /**
     * @param {Item} item
     * @returns {Partial<Item>}
     */
    #afterLoss({ losses }) {
        if (losses + 1 < MOST_LOSSES) return { state: 'waiting', losses: losses + 1 };
        /** @type {import('../messages/failure.js').Failure} */
        const failure = {
            code: 'ENGINE_LOST',
            stage: 'engine',
            message: 'The engine went away again and again.',
            detail: {},
        };
        return { state: 'failed', failure };
    }
}

/**
 * @param {unknown} error
 * @returns {import('../messages/failure.js').Failure}
 */
function describe(error) {
    if (!isFull(error)) return toFailure(error, 'batch');
    return { code: 'STORAGE_FULL', stage: 'batch', message: String(error), detail: {} };
}
