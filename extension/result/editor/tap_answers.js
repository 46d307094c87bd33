/**
 * @file What the engine says of places that a tap may be at, remembered for each state of the picture.
 *
 * Decides: which places count as one, when a hover's answer is as good as a tap's, and that nothing
 * is asked twice.
 */

/** @typedef {import('../../messages/edit_types.js').Edit} Edit */
/** @typedef {import('../../messages/edit_types.js').Region} Region */
/** @typedef {import('../../messages/edit_types.js').Tap} Tap */
/** @typedef {import('../../messages/edit_types.js').TapGuesses} TapGuesses */
/** @typedef {import('./edit_state.js').EditState} EditState */

/**
 * @typedef {object} Question
 * @property {EditState} state  What the picture is now.
 * @property {Edit} edit        The same for the engine.
 * @property {Tap} tap
 * @property {Tap[]} taps       Those before it.
 * @property {import('./view_geometry.js').Size} source  Of the upright picture.
 */

/**
 * @typedef {object} Answer
 * @property {readonly Region[]} guesses  The likeliest first; none if there is nothing to change.
 * @property {boolean} isSure  The network has looked: a tap gives just this.
 */

/** The engine finds regions at this long side, so it knows no places that are nearer. */
const GRID = 320;

export class TapAnswers {
    /** Models that answer clicks have failed, so these are guesses without them. */
    isPlain = false;
    /** @type {WeakMap<object, Map<string, Answer>>} By the strokes that were there, then the place. */
    #known = new WeakMap();
    /** @type {Map<string, Promise<Answer>>} */
    #pending = new Map();
    #ask;

    /** @param {(body: object) => Promise<TapGuesses>} ask */
    constructor(ask) {
        this.#ask = ask;
    }

    /**
     * @param {Question} question
     * @returns {Answer | null}
     */
    known(question) {
        return this.#of(question).get(keyOf(question)) ?? null;
    }

    /**
     * @param {Question} question
     * @param {boolean} isHover  Answer soon, if need be without the network.
     * @returns {Promise<Answer>}
     */
    async ask(question, isHover) {
        const known = this.known(question);
        if (known && (known.isSure || isHover)) return known;
        const { edit, tap, taps } = question;
        const body = { edit, tap, taps, isHover };
        const name = JSON.stringify(body);
        const pending = this.#pending.get(name) ?? this.#request(question, body);
        this.#pending.set(name, pending);
        try {
            return await pending;
        } finally {
            this.#pending.delete(name);
        }
    }

    /**
     * @param {Question} question
     * @param {{ isHover: boolean }} body
     * @returns {Promise<Answer>}
     */
    async #request(question, body) {
        const { guesses, isPlain } = await this.#ask(body);
        this.isPlain ||= isPlain;
        const answer = { guesses, isSure: !body.isHover };
        const known = this.known(question);
        // A hover may be answered after the tap at its place.
        if (known?.isSure) return known;
        this.#of(question).set(keyOf(question), answer);
        return answer;
    }

    /** @param {Question} question */
    #of({ state }) {
        const known = this.#known.get(state.strokes) ?? new Map();
        this.#known.set(state.strokes, known);
        return known;
    }
}

/**
 * Places in one pixel of the engine's grid have one answer, as long as its subject is the same.
 *
 * @param {Question} question
 */
function keyOf({ state, tap, source }) {
    const step = Math.max(1, Math.max(source.width, source.height) / GRID);
    return `${state.quality} ${Math.floor(tap.x / step)} ${Math.floor(tap.y / step)}`;
}
