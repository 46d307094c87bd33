/**
 * @file Requests over anything that has `postMessage`: a worker, a worker's own scope, a port.
 *
 * Decides: how replies find their requests, what is moved instead of copied, and how a dead worker
 * ends what waits for it.
 *
 * Replies are matched by id. Buffers are transferred, not copied; the sender lists them.
 */

import { OffcutError, offcutError, toFailure } from './failure.js';

/**
 * @typedef {object} Channel
 * @property {(message: unknown, transfer: Transferable[]) => void} postMessage
 * @property {(type: 'message', listener: (event: MessageEvent) => void) => void} addEventListener
 */

/**
 * A reply with the buffers that it transfers to the other side.
 *
 * @param {unknown} body
 * @param {Transferable[]} transfer
 */
export function withTransfer(body, transfer) {
    return new ReplyWithTransfer(body, transfer);
}

class ReplyWithTransfer {
    /**
     * @param {unknown} body
     * @param {Transferable[]} transfer
     */
    constructor(body, transfer) {
        this.body = body;
        this.transfer = transfer;
    }
}

/** One end of a link: sends and serves requests and events. */
export class WorkerLink {
    #nextId = 1;
    /** @type {Map<number, { resolve: (body: any) => void, reject: (error: Error) => void }>} */
    #waiting = new Map();
    /** @type {Error | null} */
    #broken = null;

    /**
     * @param {Channel} channel
     * @param {Record<string, (body: any) => unknown>} [handlers]  Requests and events served here.
     */
    constructor(channel, handlers = {}) {
        this.channel = channel;
        this.handlers = handlers;
        channel.addEventListener('message', (event) => this.#receive(event.data));
    }

    /**
     * Send a request to the other side.
     *
     * @param {string} type
     * @param {unknown} body
     * @param {Transferable[]} [transfer]
     * @returns {Promise<any>}
     */
    request(type, body, transfer = []) {
        if (this.#broken) return Promise.reject(this.#broken);
        const id = this.#nextId++;
        return new Promise((resolve, reject) => {
            this.#waiting.set(id, { resolve, reject });
            this.channel.postMessage({ type, id, body }, transfer);
        });
    }

    /**
     * Send an event to the other side; it has no reply.
     *
     * @param {string} type
     * @param {unknown} body
     */
    tell(type, body) {
        this.channel.postMessage({ type, body }, []);
    }

    /**
     * The other side is gone: every open and every later request fails with this error. If it
     * is called again, the first error stays.
     *
     * @param {Error} error
     */
    break(error) {
        this.#broken ??= error;
        for (const { reject } of this.#waiting.values()) reject(this.#broken);
        this.#waiting.clear();
    }

    /** @param {any} message */
    #receive(message) {
        if (message.type === undefined) this.#settle(message);
        else this.#serve(message);
    }

    /** @param {{ id: number, ok: boolean, body?: unknown, failure?: any }} reply */
    #settle({ id, ok, body, failure }) {
        const waiting = this.#waiting.get(id);
        if (!waiting) return; // break() has rejected it already
        this.#waiting.delete(id);
        if (ok) waiting.resolve(body);
        else waiting.reject(new OffcutError(failure));
    }

    /** @param {{ type: string, id?: number, body: unknown }} message */
    async #serve({ type, id, body }) {
        try {
            const handler = Object.hasOwn(this.handlers, type) ? this.handlers[type] : undefined;
            if (!handler) throw offcutError('INTERNAL', type, `nobody serves ${type}`);
            const result = await handler(body);
            if (id === undefined) return;
            const reply =
                result instanceof ReplyWithTransfer ? result : new ReplyWithTransfer(result, []);
            this.channel.postMessage({ id, ok: true, body: reply.body }, reply.transfer);
        } catch (error) {
            if (id === undefined) throw error;
            this.channel.postMessage({ id, ok: false, failure: toFailure(error, type) }, []);
        }
    }
}

/**
 * Hold a web lock for as long as this worker lives, and tell the other side when it is held. When
 * the lock becomes free, the other side knows that the worker has died.
 *
 * @param {WorkerLink} link
 * @param {string} name
 */
export function holdLock(link, name) {
    navigator.locks.request(name, () => {
        link.tell('worker.started', {});
        return new Promise(() => undefined);
    });
}
