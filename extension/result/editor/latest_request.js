/**
 * @file Sends one request at a time; of those that come meanwhile only the newest is sent.
 *
 * Decides: that previews never queue up, and which failure is told.
 */

/**
 * @template Request, Reply
 */
export class LatestRequest {
    /** @type {{ request: Request } | null} */
    #next = null;
    #isBusy = false;
    #send;
    #onReply;
    #onFailure;

    /**
     * @param {(request: Request) => Promise<Reply>} send
     * @param {(reply: Reply, request: Request) => void} onReply
     * @param {(error: unknown, request: Request) => void} onFailure  Not called if a newer
     *     request is waiting.
     */
    constructor(send, onReply, onFailure) {
        this.#send = send;
        this.#onReply = onReply;
        this.#onFailure = onFailure;
    }

    /** Whether a reply is awaited. */
    get isBusy() {
        return this.#isBusy;
    }

    /** @param {Request} request */
    request(request) {
        this.#next = { request };
        if (!this.#isBusy) this.#sendAll();
    }

    async #sendAll() {
        this.#isBusy = true;
        while (this.#next) {
            const { request } = this.#next;
            this.#next = null;
            try {
                this.#onReply(await this.#send(request), request);
            } catch (error) {
                if (!this.#next) this.#onFailure(error, request);
            }
        }
        this.#isBusy = false;
    }
}
