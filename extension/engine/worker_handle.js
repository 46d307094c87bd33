/**
 * @file One worker: started, talked to, noticed when it dies, ended.
 *
 * Decides: how the death of a worker is noticed (ENGINE_LOST), and that a worker that could reach
 * the network gets no picture.
 *
 * A worker that dies (out of memory, closed by the browser) says nothing. But the web
 * lock that it holds becomes free, so whoever waits for that lock learns of it at once.
 */

import { offcutError } from '../messages/failure.js';
import { WorkerLink } from '../messages/worker_link.js';
import { ownScript } from './own_script.js';

export class WorkerHandle {
    /** @type {Worker} */
    #worker;
    #watch = new AbortController();
    #onDeath;
    /** Whether it has ended without being asked to. */
    isDead = false;

    /**
     * @param {string} name     For the developer tools and for messages.
     * @param {URL} script
     * @param {Record<string, (body: any) => unknown>} events  What the worker may tell us.
     * @param {() => void} onDeath  Called once, when the worker ends without being asked to.
     */
    constructor(name, script, events, onDeath) {
        this.name = name;
        this.lockName = `${name}:${crypto.randomUUID()}`;
        this.#onDeath = onDeath;
        this.#worker = new Worker(ownScript(script), { type: 'module', name });
        this.link = new WorkerLink(/** @type {any} */ (this.#worker), {
            ...events,
            'worker.started': () => this.#watchLock(),
        });
        this.#worker.addEventListener('error', (event) => this.#died(event.message));
    }

    /** The worker has its lock: who gets it next learns of the worker's death. */
    #watchLock() {
        navigator.locks
            .request(this.lockName, { signal: this.#watch.signal }, () => this.#died('it ended'))
            .catch(() => undefined); // aborted: we ended it ourselves
    }

    /**
     * End the worker and its memory; open requests fail with `error`.
     *
     * @param {Error} error
     */
    end(error) {
        this.#watch.abort();
        this.#worker.terminate();
        this.link.break(error);
    }

    /** @param {string} reason */
    #died(reason) {
        if (this.#watch.signal.aborted) return;
        this.isDead = true;
        this.end(offcutError('ENGINE_LOST', this.name, `The ${this.name} worker died: ${reason}`));
        this.#onDeath();
    }
}

/**
 * A worker that could still reach out gets no picture.
 *
 * @param {{ leaks: string[] }} booted
 */
export function requireSandboxed({ leaks }) {
    if (leaks.length === 0) return;
    throw offcutError('INTERNAL', 'engine', 'A worker is not sandboxed.', { leaks: leaks.join() });
}
