/**
 * @file Requests to the engine about one job, over the job's port.
 *
 * Decides: what is sent again to a new engine after the old one died.
 *
 * No request depends on an earlier one. So if the engine dies, the waiting requests are sent
 * again to the next engine, and their callers notice nothing.
 */

import { OffcutError } from '../../messages/failure.js';

/** @typedef {import('../../messages/failure.js').Failure} Failure */
/** @typedef {'edit.preview' | 'edit.save' | 'edit.tap' | 'edit.better' | 'edit.background'} Type */
/** @typedef {{ type: Type, id: number, body: unknown }} EditRequest */
/** @typedef {(request: EditRequest) => void} Post */
/**
 * @typedef {object} Waiting
 * @property {EditRequest} request
 * @property {(reply: any) => void} resolve
 * @property {(error: Error) => void} reject
 */
/** @typedef {{ id: number } & ({ ok: true, body: any } | { ok: false, failure: Failure })} Reply */

export class EditLink {
    /** @type {Map<number, Waiting>} By the request's id. */
    #waiting = new Map();
    /** @type {unknown[]} Background pictures, which a new engine needs first. */
    #backgrounds = [];
    #lastId = 0;
    /** @type {Post | null} */
    #post = null;

    /**
     * There is an engine that has the job: send it what waits.
     *
     * @param {Post} post
     */
    connect(post) {
        this.#post = post;
        for (const body of this.#backgrounds) {
            post({ type: 'edit.background', id: ++this.#lastId, body });
        }
        for (const { request } of this.#waiting.values()) post(request);
    }

    /** Whether requests go to an engine now. */
    get isConnected() {
        return this.#post !== null;
    }

    /** The engine died; requests wait for the next one. */
    disconnect() {
        this.#post = null;
    }

    /**
     * There will be no other engine: every waiting request fails.
     *
     * @param {Failure} failure
     */
    fail(failure) {
        const waiting = [...this.#waiting.values()];
        this.#waiting.clear();
        for (const { reject } of waiting) reject(new OffcutError(failure));
    }

    /**
     * @param {Type} type
     * @param {unknown} body
     * @returns {Promise<any>}
     * @throws {OffcutError}
     */
    async ask(type, body) {
        const request = { type, id: ++this.#lastId, body };
        const reply = await new Promise((resolve, reject) => {
            this.#waiting.set(request.id, { request, resolve, reject });
            this.#post?.(request);
        });
        if (type === 'edit.background') this.#backgrounds.push(body);
        return reply;
    }

    /** @param {Reply} reply */
    receive(reply) {
        const waiting = this.#waiting.get(reply.id);
        this.#waiting.delete(reply.id);
        if (reply.ok) waiting?.resolve(reply.body);
        else waiting?.reject(new OffcutError(reply.failure));
    }
}
