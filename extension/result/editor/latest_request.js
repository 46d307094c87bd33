/**
 * @file One question on its way at a time; of those that come meanwhile only the newest counts.
 */

/**
 * @template Question, Answer
 */
export class Latest {
    /** @type {{ question: Question } | null} */
    #next = null;
    #isBusy = false;
    #ask;
    #onAnswer;
    #onFailure;

    /**
     * @param {(question: Question) => Promise<Answer>} ask
     * @param {(answer: Answer, question: Question) => void} onAnswer
     * @param {(error: unknown, question: Question) => void} onFailure  Not called for a question
     *     that a newer one has replaced already.
     */
    constructor(ask, onAnswer, onFailure) {
        this.#ask = ask;
        this.#onAnswer = onAnswer;
        this.#onFailure = onFailure;
    }

    /** Whether something is on its way. */
    get isBusy() {
        return this.#isBusy;
    }

    /** @param {Question} question */
    request(question) {
        this.#next = { question };
        if (!this.#isBusy) this.#go();
    }

    async #go() {
        this.#isBusy = true;
        while (this.#next) {
            const { question } = this.#next;
            this.#next = null;
            try {
                this.#onAnswer(await this.#ask(question), question);
            } catch (error) {
                if (!this.#next) this.#onFailure(error, question);
            }
        }
        this.#isBusy = false;
    }
}
