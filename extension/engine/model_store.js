/**
 * @file The engine's end of the store: starts its worker when it is needed, and ends it when
 * it has had nothing to do for a while.
 *
 * Decides: how long that worker stays, and that weights held in its memory keep it.
 */

import { offcutError } from '../messages/failure.js';
import { noteRequest } from './note_request.js';
import { WorkerHandle } from './worker_handle.js';

/** How long the worker stays after its last task. */
const IDLE_MS = 5000;

/** @typedef {import('../messages/model_types.js').ModelEntry} ModelEntry */
/** @typedef {import('../messages/model_types.js').StoreList} StoreList */
/** @typedef {import('../messages/model_types.js').StoreProgress} StoreProgress */

export class ModelStore {
    /** @type {WorkerHandle | null} */
    #worker = null;
    #onProgress;
    #open = 0;
    /** Weights that could not be stored live in the worker's memory. */
    #holdsWeights = false;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    #idleTimer;

    /** @param {(progress: StoreProgress) => void} onProgress */
    constructor(onProgress) {
        this.#onProgress = onProgress;
    }

    /** @returns {Promise<StoreList>} */
    list() {
        return this.#ask('store.list', {});
    }

    /**
     * Download what is missing; resolves when the whole file is here and verified.
     *
     * @param {ModelEntry} entry
     * @returns {Promise<{ kept: 'disk' | 'memory' }>}
     */
    fetch(entry) {
        return this.#ask('store.fetch', { entry });
    }

    /**
     * @param {ModelEntry} entry
     * @param {Blob} file
     * @returns {Promise<{ kept: 'disk' | 'memory' }>}
     */
    import(entry, file) {
        return this.#ask('store.import', { entry, file });
    }

    /**
     * Stop a download; what has come stays.
     *
     * @param {ModelEntry} entry
     */
    stop({ sha256 }) {
        return this.#ask('store.stop', { sha256 });
    }

    /**
     * @param {ModelEntry} entry
     * @returns {Promise<ArrayBuffer | null>}  Not verified; null when it is gone.
     */
    async read({ sha256 }) {
        return (await this.#ask('store.read', { sha256 })).weights;
    }

    /** @param {ModelEntry} entry */
    remove({ sha256 }) {
        return this.#ask('store.remove', { sha256 });
    }

    /**
     * @param {string} type
     * @param {unknown} body
     */
    async #ask(type, body) {
        clearTimeout(this.#idleTimer);
        this.#worker ??= this.#start();
        this.#open += 1;
        try {
            const reply = await this.#worker.link.request(type, body);
            this.#holdsWeights ||= reply?.kept === 'memory';
            return reply;
        } finally {
            this.#open -= 1;
            if (this.#open === 0 && !this.#holdsWeights) {
                this.#idleTimer = setTimeout(() => this.#end(), IDLE_MS);
            }
        }
    }

    #end() {
        this.#worker?.end(offcutError('ENGINE_LOST', 'load_model', 'The store was at rest.'));
        this.#worker = null;
    }

    #start() {
        const worker = new WorkerHandle(
            'model_store',
            new URL('../model_store/main.js', import.meta.url),
            {
                'store.progressed': (progress) => this.#onProgress(progress),
                'store.asked': noteRequest,
            },
            () => {
                this.#worker = null;
                this.#holdsWeights = false;
            },
        );
        worker.link.request('store.boot', { lockName: worker.lockName }).catch(() => undefined);
        return worker;
    }
}
