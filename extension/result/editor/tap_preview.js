/**
 * @file What the tap tool shows before a tap: the region under the pointer that it would change.
 *
 * Decides: when the engine is asked for it, when the network looks ahead, what stays while an answer
 * is awaited, that a tap does what was shown, and that nothing covers what a tap has just done.
 */

import { LatestRequest } from './latest_request.js';
import { isEmpty, regionHas } from './region_layer.js';

/** @typedef {import('./view_geometry.js').Point} Point */
/** @typedef {import('./tap_answers.js').Question} Question */
/** @typedef {import('./tap_answers.js').Answer} Answer */
/** @typedef {import('../../messages/edit_types.js').Region} Region */

/** Milliseconds that the pointer stays before the engine is asked, and before the network looks. */
const ASK_AFTER_MS = 40;
const LOOK_AFTER_MS = 120;
/** CSS pixels that the pointer may tremble after a tap, before it shows the next guess there. */
const STILL = 4;

export class TapPreview {
    /** The pointer is over the stage, or the keys move it. */
    isThere = false;
    /** @type {Point | null} Where the last tap was, until the pointer moves on. */
    #tapped = null;
    /**
     * The first of the guesses is shown; the empty one by showing nothing.
     *
     * @type {{ guesses: readonly Region[], strokes: object, tap: Point } | null}
     */
    #shown = null;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    #timer;
    #answers;
    #hovers;
    #looks;

    /**
     * @param {import('./tap_answers.js').TapAnswers} answers
     * @param {() => void} onAnswer
     */
    constructor(answers, onAnswer) {
        this.#answers = answers;
        this.#hovers = requests((question) => answers.ask(question, true), onAnswer);
        this.#looks = requests((question) => answers.ask(question, false), onAnswer);
    }

    /** @param {Point} point  Where the pointer is, in CSS pixels. */
    move(point) {
        this.isThere = true;
        const tapped = this.#tapped;
        if (tapped && Math.hypot(point.x - tapped.x, point.y - tapped.y) > STILL) {
            this.#tapped = null;
        }
    }

    /** @param {Point} point */
    tap(point) {
        this.#tapped = point;
    }

    leave() {
        this.isThere = false;
        this.#tapped = null;
    }

    /** Nothing is shown, and nothing asked. */
    rest() {
        clearTimeout(this.#timer);
        this.#shown = null;
        return null;
    }

    /** @param {Region | null} next  What a second tap on the same place would give. */
    again(next) {
        this.rest();
        return this.#tapped || !next || isEmpty(next) ? null : next;
    }

    /**
     * What a tap would change, as far as it is known; the rest is asked for.
     *
     * @param {Question | null} question  Null beside the picture.
     * @returns {Region | null}
     */
    at(question) {
        clearTimeout(this.#timer);
        if (!question || this.#tapped) return this.rest();
        const known = this.#answers.known(question);
        if (!known) this.#timer = setTimeout(() => this.#hovers.request(question), ASK_AFTER_MS);
        else if (!known.isSure) {
            this.#timer = setTimeout(() => this.#looks.request(question), LOOK_AFTER_MS);
        }
        const guesses = known ? known.guesses : this.#staying(question);
        const [region] = guesses;
        const { state, tap } = question;
        this.#shown = region ? { guesses, strokes: state.strokes, tap } : null;
        return region && !isEmpty(region) ? region : null;
    }

    /**
     * What a tap shall do, because it is what the person sees before it: the region that is shown,
     * and what else was found. None if nothing is shown there, or what is shown was of another state.
     *
     * @param {Question | null} question
     * @returns {readonly Region[]}
     */
    promised(question) {
        return question && this.isThere && !this.#tapped ? this.#staying(question) : [];
    }

    /**
     * Until the engine has answered, a region that holds the new place too stays.
     *
     * @param {Question} question
     * @returns {readonly Region[]}  Of what was found with it that which holds the place as well.
     */
    #staying({ state, tap, source }) {
        if (this.#shown?.strokes !== state.strokes) return [];
        const { x, y } = this.#shown.tap;
        if (x === tap.x && y === tap.y) return this.#shown.guesses;
        const share = { x: tap.x / source.width, y: tap.y / source.height };
        const [first, ...others] = this.#shown.guesses;
        if (!first || !regionHas(first, share)) return [];
        return [first, ...others.filter((each) => regionHas(each, share))];
    }
}

/**
 * @param {(question: Question) => Promise<Answer>} ask
 * @param {() => void} onAnswer
 * @returns {LatestRequest<Question, Answer>}
 */
function requests(ask, onAnswer) {
    // If it failed, the tap itself will say so.
    return new LatestRequest(ask, onAnswer, (error) => console.warn('no look at a tap:', error));
}
