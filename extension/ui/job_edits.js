/**
 * @file Edits of a finished job, for pages that show no editor: the popup and the workbench ask for the
 * file that an edit makes.
 *
 * Decides: that the answer is null when the engine ends. What an open editor does then:
 * result/editor/edit_link.js.
 */

import { OffcutError } from '../messages/failure.js';

/** @typedef {import('../messages/edit_types.js').EditRequest} EditRequest */
/** @typedef {import('../messages/edit_types.js').EditReplied} EditReplied */

export class JobEdits {
    /** @type {Map<number, PromiseWithResolvers<any>>} By the request's id. */
    #asked = new Map();
    #lastId = 0;
    #post;

    /** @param {(request: EditRequest) => void} post */
    constructor(post) {
        this.#post = post;
    }

    /**
     * @param {EditRequest['type']} type
     * @param {any} body
     * @returns {Promise<any>}  Null if the engine died.
     * @throws {OffcutError}
     */
    ask(type, body) {
        const asked = Promise.withResolvers();
        const id = ++this.#lastId;
        this.#asked.set(id, asked);
        this.#post({ type, id, body });
        return asked.promise;
    }

    /** @param {EditReplied} reply */
    receive(reply) {
        const asked = this.#asked.get(reply.id);
        this.#asked.delete(reply.id);
        if (reply.ok) asked?.resolve(reply.body);
        else asked?.reject(new OffcutError(reply.failure));
    }

    /** The engine has ended, and what was asked with it. */
    lose() {
        for (const { resolve } of this.#asked.values()) resolve(null);
        this.#asked.clear();
    }
}
