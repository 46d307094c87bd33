/**
 * @file Weights on their way into the store: how far each is, and why the last try failed.
 *
 * Decides: which failure and which speed a model's card shows.
 */

import { toFailure } from '../messages/failure.js';
import { TransferRate } from './transfer_rate.js';

/** @typedef {import('../messages/model_types.js').ModelEntry} ModelEntry */
/** @typedef {import('../messages/model_types.js').StoreProgress} StoreProgress */
/** @typedef {import('../messages/failure.js').Failure} Failure */

export class ModelTransfers {
    /** @type {Map<string, StoreProgress & { rate: TransferRate }>} Under way, by SHA-256. */
    #running = new Map();
    /** @type {Map<string, Failure>} Of the last try, by SHA-256. */
    #failures = new Map();
    #onChange;

    /** @param {() => void} onChange */
    constructor(onChange) {
        this.#onChange = onChange;
    }

    /** @param {ModelEntry} entry */
    isRunning({ sha256 }) {
        return this.#running.has(sha256);
    }

    /**
     * @param {ModelEntry} entry
     * @param {() => Promise<unknown>} work  Brings the weights.
     */
    async run(entry, work) {
        const { sha256 } = entry;
        this.#failures.delete(sha256);
        const nothing = { sha256, received: 0, host: '', waiting: false };
        this.#running.set(sha256, { ...nothing, rate: new TransferRate() });
        this.#onChange();
        try {
            await work();
        } catch (error) {
            if (toFailure(error, 'load_model').code !== 'CANCELLED') this.noteFailure(entry, error);
            throw error;
        } finally {
            this.#running.delete(sha256);
            this.#onChange();
        }
    }

    /** @param {StoreProgress} progress */
    noteProgress(progress) {
        const running = this.#running.get(progress.sha256);
        if (!running) return;
        running.rate.add(progress.received);
        Object.assign(running, progress);
        this.#onChange();
    }

    /**
     * @param {ModelEntry} entry
     * @returns {Pick<import('../messages/model_types.js').ModelState,
     *     'received' | 'host' | 'waiting' | 'bytesPerSecond'> | undefined}
     */
    progressOf({ sha256 }) {
        const running = this.#running.get(sha256);
        if (!running) return undefined;
        const { received, host, waiting, rate } = running;
        return { received, host, waiting, bytesPerSecond: rate.bytesPerSecond };
    }

    /**
     * @param {ModelEntry} entry
     * @param {unknown} error
     */
    noteFailure({ sha256 }, error) {
        this.#failures.set(sha256, toFailure(error, 'load_model'));
    }

    /** @param {ModelEntry} entry */
    forgetFailure({ sha256 }) {
        this.#failures.delete(sha256);
    }

    /** @param {ModelEntry} entry */
    failureOf({ sha256 }) {
        return this.#failures.get(sha256);
    }
}
