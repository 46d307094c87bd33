/**
 * @file The session that Python awaits: tensors go out over the port and come back.
 *
 * Decides: what happens to a waiting run when the model worker is replaced: SESSION_FAILED.
 */

import { offcutError } from '../messages/failure.js';
import { WorkerLink } from '../messages/worker_link.js';

export class SessionPort {
    /** @type {WorkerLink | null} */
    #link = null;
    /** @type {MessagePort | null} */
    #port = null;

    /**
     * Talk to a (new) model worker; what still waits for the former one fails.
     *
     * @param {MessagePort | null} port
     */
    connect(port) {
        this.#link?.break(offcutError('SESSION_FAILED', 'inference', 'The model worker is gone.'));
        this.#port?.close();
        this.#port = port;
        this.#link = port && new WorkerLink(/** @type {any} */ (port));
        port?.start();
    }

    /**
     * Run the network once.
     *
     * @param {import('../messages/worker_types.js').ModelRun} run  Its data is moved.
     * @returns {Promise<import('../messages/worker_types.js').ModelOutput>}
     */
    async run(run) {
        if (!this.#link) {
            throw offcutError('SESSION_FAILED', 'inference', 'There is no model worker.');
        }
        return this.#link.request(
            'model.run',
            run,
            run.feeds.map(({ data }) => data.buffer),
        );
    }
}
