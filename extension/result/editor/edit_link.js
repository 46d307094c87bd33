/**
 * @file Questions to the engine about one job, over the job's port.
 *
 * Questions do not depend on when they are asked: if the engine dies, those that wait are put
 * again to the one that takes its place, and nobody who asked learns of it.
 */

import { OffcutError } from '../../messages/failure.js';

/** @typedef {import('../../messages/failure.js').Failure} Failure */
/** @typedef {'edit.preview' | 'edit.save' | 'edit.background'} Type */
/** @typedef {{ type: Type, id: number, body: unknown }} Question */
/** @typedef {(question: Question) => void} Post */
/**
 * @typedef {object} Waiting
 * @property {Question} question
 * @property {(answer: any) => void} resolve
 * @property {(error: Error) => void} reject
 */
/** @typedef {{ id: number } & ({ ok: true, body: any } | { ok: false, failure: Failure })} Reply */

export class EditLink {
    /** @type {Map<number, Waiting>} By the question's id. */
    #waiting = new Map();
    /** @type {unknown[]} Background pictures, which a new engine must be given first. */
    #backgrounds = [];
    #lastId = 0;
    /** @type {Post | null} */
    #post = null;

    /**
     * The engine listens, and has the job.
     *
     * @param {Post} post
     */
    connect(post) {
        this.#post = post;
        for (const body of this.#backgrounds) {
            post({ type: 'edit.background', id: ++this.#lastId, body });
        }
        for (const { question } of this.#waiting.values()) post(question);
    }

    /** The engine is gone; what waits goes on waiting for another one. */
    disconnect() {
        this.#post = null;
    }

    /**
     * No other engine comes.
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
        const question = { type, id: ++this.#lastId, body };
        const answer = await new Promise((resolve, reject) => {
            this.#waiting.set(question.id, { question, resolve, reject });
            this.#post?.(question);
        });
        if (type === 'edit.background') this.#backgrounds.push(body);
        return answer;
    }

    /** @param {Reply} reply */
    replied(reply) {
        const waiting = this.#waiting.get(reply.id);
        this.#waiting.delete(reply.id);
        if (reply.ok) waiting?.resolve(reply.body);
        else waiting?.reject(new OffcutError(reply.failure));
    }
}
