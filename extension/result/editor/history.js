/**
 * @file Undo and redo over states that are never changed, only replaced.
 */

/** So many steps back; states share what did not change, so they are small. */
const DEEPEST = 500;

/** @template State */
export class History {
    /** @type {State[]} */
    #states;
    #index = 0;
    /** What the newest state was made by; a further change by the same is the same step. */
    #author = '';

    /** @param {State} first */
    constructor(first) {
        this.#states = [first];
    }

    /** The state that is shown. */
    get now() {
        return /** @type {State} */ (this.#states[this.#index]);
    }

    /** Whether there is a step to undo. */
    get canUndo() {
        return this.#index > 0;
    }

    /** Whether there is a step to do again. */
    get canRedo() {
        return this.#index < this.#states.length - 1;
    }

    /**
     * A new state; what was undone before it is gone.
     *
     * @param {State} state
     * @param {string} [author]  Changes in a row by the same author, a slider that is being
     *     dragged for one, are one step until `settle`. Empty for a step of its own.
     */
    change(state, author = '') {
        const isSameStep = author !== '' && author === this.#author && this.canUndo;
        this.#states.length = this.#index + 1;
        if (isSameStep) this.#states[this.#index] = state;
        else this.#states.push(state);
        if (this.#states.length > DEEPEST) this.#states.shift();
        this.#index = this.#states.length - 1;
        this.#author = author;
    }

    /** The change is over: the next one is a step of its own, whoever makes it. */
    settle() {
        this.#author = '';
    }

    /** One step back, if there is one. */
    undo() {
        this.#index = Math.max(0, this.#index - 1);
        this.#author = '';
    }

    /** One step forward again, if there is one. */
    redo() {
        this.#index = Math.min(this.#states.length - 1, this.#index + 1);
        this.#author = '';
    }
}
