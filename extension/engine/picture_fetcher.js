/**
 * @file The engine's end of the worker that fetches pictures: starts it when it is needed, and ends
 * it when it has had nothing to do for a while.
 *
 * Decides: how long that worker stays, that a cancelled job waits for no answer, and that a picture
 * under which the worker dies is asked for once more.
 */

import { offcutError } from '../messages/failure.js';
import { noteRequest } from './note_request.js';
import { WorkerHandle } from './worker_handle.js';

/** How long the worker stays after its last picture. */
const IDLE_MS = 5000;

/**
 * @typedef {object} Terms
 * @property {AbortSignal} signal
 * @property {(fraction: number) => void} onProgress
 * @property {boolean} cookies
 * @property {boolean} mayEnter  The answer may come from the user's own network.
 */

export class PictureFetcher {
    /** @type {WorkerHandle | null} */
    #worker = null;
    #next = 1;
    /** @type {Map<number, (fraction: number) => void>} Of each picture that is under way. */
    #open = new Map();
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    #idleTimer;

    /**
     * @param {string} url
     * @param {Terms} terms
     * @returns {Promise<Blob>}
     * @throws {import('../messages/failure.js').OffcutError}  What `downloadPicture` throws.
     */
    async download(url, terms) {
        terms.signal.throwIfAborted();
        clearTimeout(this.#idleTimer);
        this.#worker ??= this.#start();
        const worker = this.#worker;
        try {
            return await this.#ask(worker, url, terms);
        } catch (error) {
            if (!worker.isDead) throw error;
            this.#worker ??= this.#start();
            return await this.#ask(this.#worker, url, terms);
        } finally {
            if (this.#open.size === 0) this.#idleTimer = setTimeout(() => this.#end(), IDLE_MS);
        }
    }

    /**
     * @param {WorkerHandle} worker
     * @param {string} url
     * @param {Terms} terms
     * @returns {Promise<Blob>}
     */
    async #ask({ link }, url, { signal, onProgress, cookies, mayEnter }) {
        const number = this.#next++;
        this.#open.set(number, onProgress);
        const stop = () => link.tell('fetcher.stop', { number });
        signal.addEventListener('abort', stop);
        try {
            const isOnline = navigator.onLine !== false;
            const request = { number, url, cookies, mayEnter, isOnline };
            const { blob } = await link.request('fetcher.fetch', request);
            return blob;
        } catch (error) {
            signal.throwIfAborted();
            throw error;
        } finally {
            signal.removeEventListener('abort', stop);
            this.#open.delete(number);
        }
    }

    #end() {
        this.#worker?.end(offcutError('ENGINE_LOST', 'fetch', 'The fetcher was at rest.'));
        this.#worker = null;
    }

    #start() {
        const worker = new WorkerHandle(
            'fetcher',
            new URL('../fetcher/main.js', import.meta.url),
            {
                'fetcher.progressed': ({ number, fraction }) => this.#open.get(number)?.(fraction),
                'fetcher.asked': noteRequest,
            },
            () => {
                this.#worker = null;
            },
        );
        worker.link.request('fetcher.boot', { lockName: worker.lockName }).catch(() => undefined);
        return worker;
    }
}
