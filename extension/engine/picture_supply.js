/**
 * @file Jobs that are open and whose picture is still looked for, by the service worker.
 *
 * Decides: how long a job waits for its picture (TIMED_OUT), and what ends the wait.
 */

import { offcutError } from '../messages/failure.js';

/** @typedef {import('../messages/job_types.js').ImageSource} ImageSource */
/** @typedef {{ resolve: (source: ImageSource) => void, reject: (error: Error) => void }} Awaited */

/** Longer than a page may read its picture: by then its supplier is dead. */
export const SUPPLY_MS = 150_000;

export class PictureSupply {
    /** @type {Map<string, Awaited>} By job. */
    #awaited = new Map();

    /** Whether a job waits for the service worker. */
    get isAwaited() {
        return this.#awaited.size > 0;
    }

    /**
     * @param {string} jobId
     * @param {AbortSignal} signal  Of the job.
     * @returns {Promise<ImageSource>}
     * @throws {import('../messages/failure.js').OffcutError}  What the supplier tells; TIMED_OUT
     *     if nobody supplies a picture; CANCELLED.
     */
    async wait(jobId, signal) {
        /** @type {ReturnType<typeof setTimeout> | undefined} */
        let timer;
        try {
            return await new Promise((resolve, reject) => {
                this.#awaited.set(jobId, { resolve, reject });
                timer = setTimeout(() => reject(tooLate()), SUPPLY_MS);
                signal.addEventListener('abort', () =>
                    reject(offcutError('CANCELLED', 'fetch', 'The job was cancelled.')),
                );
            });
        } finally {
            clearTimeout(timer);
            this.#awaited.delete(jobId);
        }
    }

    /**
     * @param {string} jobId
     * @param {ImageSource} source
     */
    give(jobId, source) {
        this.#awaited.get(jobId)?.resolve(source);
    }

    /**
     * The picture cannot be had; the supplier says why.
     *
     * @param {string} jobId
     * @param {import('../messages/failure.js').Failure} failure
     */
    fail(jobId, { code, stage, message, detail }) {
        this.#awaited.get(jobId)?.reject(offcutError(code, stage, message, detail));
    }
}

function tooLate() {
    const seconds = SUPPLY_MS / 1000;
    return offcutError('TIMED_OUT', 'fetch', 'No picture came.', { seconds });
}
