/**
 * @file The one way to the engine, for the service worker and for every page of ours.
 *
 * The engine's document can end at any moment: the browser is short of memory, say, or ends it
 * just as it is asked. The browser lists a document that is closing, and one that does not listen
 * yet. So whether there is an engine shows only when it answers. All that an engine knows ends
 * with it, so whatever it did not answer may be asked of the next one.
 */

import { api } from '../platform/browser.js';
import { toFailure } from './failure.js';
import { NoAnswerError, request } from './request.js';

/** @typedef {import('./failure.js').Failure} Failure */

/** One engine may end under a request, or two; when each one does, the request is the cause. */
const MOST_TRIES = 3;
/** Before a port is opened again, as often as it was lost: an engine that ends at once has rest. */
const PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 5000;

/**
 * What a port of the engine tells its owner.
 *
 * @typedef {object} PortListener
 * @property {(message: any) => void} onMessage
 * @property {() => void} [onLoss]  The engine has ended; the port opens again to the next one.
 * @property {(failure: Failure) => void} [onFailure]  There is no engine to be had.
 */

export class EngineClient {
    #ensure;

    /** @param {() => Promise<unknown>} ensure  Resolves when there is an engine that answers. */
    constructor(ensure) {
        this.#ensure = ensure;
    }

    /**
     * Ask the engine, which is started if it is not there.
     *
     * @param {string} type
     * @param {unknown} [body]
     * @returns {Promise<any>}
     * @throws {import('./failure.js').OffcutError}
     */
    async request(type, body) {
        for (let tries = 1; ; tries++) {
            try {
                return await request('engine', type, body);
            } catch (error) {
                if (!(error instanceof NoAnswerError) || tries === MOST_TRIES) throw error;
            }
            await this.#ensure();
        }
    }

    /**
     * Open a port to the engine, which is started if it is not there. When the engine ends, the
     * port opens anew.
     *
     * @param {() => string} nameOf  Called for each opening.
     * @param {PortListener} listener
     */
    connect(nameOf, listener) {
        const port = new EnginePort(this.#ensure, nameOf, listener);
        port.open();
        return port;
    }
}

/** A port to the engine that outlives the engine. */
export class EnginePort {
    /** @type {chrome.runtime.Port | null} */
    #port = null;
    #isClosed = false;
    #isOpening = false;
    #losses = 0;
    #ensure;
    #nameOf;
    #listener;

    /**
     * @param {() => Promise<unknown>} ensure
     * @param {() => string} nameOf
     * @param {PortListener} listener
     */
    constructor(ensure, nameOf, listener) {
        this.#ensure = ensure;
        this.#nameOf = nameOf;
        this.#listener = listener;
    }

    /** Open it if it is not open, also after there was no engine to be had. */
    async open() {
        if (this.#port || this.#isOpening) return;
        this.#isOpening = true;
        try {
            await this.#ensure();
            if (!this.#isClosed) this.#connect();
        } catch (error) {
            if (!this.#isClosed) this.#listener.onFailure?.(toFailure(error, 'engine'));
        } finally {
            this.#isOpening = false;
        }
    }

    /** @param {unknown} message  Dropped while there is no engine. */
    post(message) {
        try {
            this.#port?.postMessage(message);
        } catch (error) {
            console.debug('the engine has just ended:', error);
        }
    }

    close() {
        this.#isClosed = true;
        this.#port?.disconnect();
        this.#port = null;
    }

    #connect() {
        const port = api.runtime.connect({ name: this.#nameOf() });
        this.#port = port;
        port.onMessage.addListener((message) => {
            if (this.#port === port) this.#listener.onMessage(message);
        });
        port.onDisconnect.addListener(() => this.#lose());
    }

    /** The engine never closes a port, so its document has ended. */
    #lose() {
        console.debug('no engine:', api.runtime.lastError?.message);
        this.#port = null;
        if (this.#isClosed) return;
        this.#listener.onLoss?.();
        setTimeout(() => this.open(), Math.min(LONGEST_PAUSE_MS, PAUSE_MS * this.#losses++));
    }
}
