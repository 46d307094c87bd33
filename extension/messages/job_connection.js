/**
 * @file Follows one job of the engine to its end, over the engine's ends.
 *
 * When an engine ends, the service worker opens the jobs that were not over in the next one
 * (background/unfinished_jobs.js), and the port opens there. What the next engine does not know is
 * lost: the job had ended, or engines have ended under it again and again.
 */

/** @typedef {import('./job_types.js').JobSnapshot} JobSnapshot */
/** @typedef {import('./failure.js').Failure} Failure */

/**
 * @typedef {object} JobListener
 * @property {(snapshot: JobSnapshot) => void} onSnapshot
 * @property {(failure: Failure) => void} onLost  Called at most once; nothing comes after it.
 * @property {(reply: any) => void} [onReply]     To a request of the editor.
 * @property {() => void} [onLoss]                The engine has ended; perhaps the job goes on.
 */

export class JobConnection {
    /** Whether some engine has had the job, so that one that does not know it has lost it. */
    #isKnown;
    #listener;
    #port;

    /**
     * @param {import('./engine_client.js').EngineClient} engine
     * @param {() => string} nameOf  Of the port, see message_table.js.
     * @param {JobListener} listener
     * @param {boolean} [isKnown]  The job was opened just now.
     */
    constructor(engine, nameOf, listener, isKnown = false) {
        this.#listener = listener;
        this.#isKnown = isKnown;
        this.#port = engine.connect(nameOf, {
            onMessage: (message) => this.#receive(message),
            onLoss: () => listener.onLoss?.(),
            onFailure: (failure) => this.#lose(failure),
        });
    }

    /** @param {unknown} message */
    post(message) {
        this.#port.post(message);
    }

    close() {
        this.#port.close();
    }

    /** @param {any} message */
    #receive(message) {
        if (message.type === 'edit.replied') this.#listener.onReply?.(message);
        else if (this.#isKnown && message.failure?.code === 'JOB_GONE') this.#lose(lostJob());
        else {
            this.#isKnown = true;
            this.#listener.onSnapshot(message);
        }
    }

    /** @param {Failure} failure */
    #lose(failure) {
        this.close();
        this.#listener.onLost(failure);
    }
}

/** @returns {Failure} */
function lostJob() {
    const message = 'The engine ended, and the job with it.';
    return { code: 'ENGINE_LOST', stage: 'engine', message, detail: {} };
}
