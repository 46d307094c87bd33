/**
 * @file Undo and redo. States are never changed, only replaced.
 *
 * Decides: how many steps are kept, and when changes of a slider are one step. The keys are in
 * editor_controls.js.
 */

/** Most steps that can be undone. States share what did not change, so they are small. */
const MOST_STEPS = 500;

/** @template State */
export class History {
    /** @type {State[]} */
    #states;
    #index = 0;
    /** Control that made the newest state; its next change belongs to the same step. */
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
     * Add a state; states that were undone can no longer be redone.
     *
     * @param {State} state
     * @param {string} [author]  Successive changes by the same author, such as a slider that the
     *     user drags, are one step until `settle`. Empty for a step of its own.
     */
    change(state, author = '') {
        const isSameStep = author !== '' && author === this.#author && this.canUndo;
        this.#states.length = this.#index + 1;
        if (isSameStep) this.#states[this.#index] = state;
        else this.#states.push(state);
        if (this.#states.length > MOST_STEPS) this.#states.shift();
        this.#index = this.#states.length - 1;
        this.#author = author;
    }

    /** The change is over: the next one is a step of its own, even by the same author. */
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
