/**
 * @file Which tap gave which region of an edit, and which guess it is.
 *
 * Decides: what counts as a second tap on the same place, which guess comes after which, what is said
 * of a tap, and that one of the guesses may be to leave all as it is.
 *
 * That is known by the region itself. So undo, redo and whatever else goes back to an earlier state
 * need nothing more.
 */

import { text } from '../../ui/i18n.js';
import { isEmpty } from './region_layer.js';

/** @typedef {import('./view_geometry.js').Point} Point */
/** @typedef {import('../../messages/edit_types.js').Region} Region */
/** @typedef {import('../../messages/edit_types.js').Tap} Tap */
/** @typedef {import('./edit_state.js').EditState['strokes']} Strokes */

/**
 * @typedef {object} Origin
 * @property {Point} place  Of the tap, in source pixels.
 * @property {readonly Region[]} guesses  All that it may have meant.
 * @property {number} index  Of this one.
 * @property {boolean} [isRest]  It is the empty one: no stroke is there for it.
 */

export class TappedRegions {
    /** @type {WeakMap<object, Origin>} */
    #origins = new WeakMap();
    /** @type {{ strokes: Strokes, origin: Origin } | null} The last tap has left these as they were. */
    #rest = null;

    /**
     * @param {Point} place
     * @param {readonly Region[]} guesses
     */
    keep(place, guesses) {
        for (const [index, each] of guesses.entries()) {
            this.#origins.set(each, { place, guesses, index });
        }
    }

    /**
     * A tap, or another one at its place, leaves the strokes as they are.
     *
     * @param {Strokes} strokes
     * @param {Origin} origin
     */
    rest(strokes, origin) {
        this.#rest = { strokes, origin: { ...origin, isRest: true } };
    }

    /** The next tap is at another place. */
    leave() {
        this.#rest = null;
    }

    /**
     * Where the newest step comes from, if it was a tap at about this place.
     *
     * @param {Strokes} strokes
     * @param {Point} place
     * @param {number} reach  Source pixels.
     * @returns {Origin | null}
     */
    newestAt(strokes, place, reach) {
        const origin = this.#newest(strokes);
        return origin && isNear(place, origin.place, reach) ? origin : null;
    }

    /**
     * The taps that the strokes come from, as far as they were made on this page.
     *
     * @param {Strokes} strokes
     * @returns {Tap[]}
     */
    taps(strokes) {
        return strokes.flatMap((each) => {
            const origin = this.#origins.get(each);
            return origin && 'runs' in each ? [{ ...origin.place, kind: each.kind }] : [];
        });
    }

    /**
     * What the newest step did, if it was a tap; else empty.
     *
     * @param {Strokes} strokes
     */
    sentence(strokes) {
        const origin = this.#newest(strokes);
        if (!origin) return '';
        const { guesses, index, isRest } = origin;
        if (isRest) return text('edit_tap_fine');
        const { kind } = guesses[index] ?? {};
        const done = text(kind === 'add' ? 'edit_tap_added' : 'edit_tap_taken');
        if (guesses.length === 1) return done;
        return `${done} ${text(questionOf(origin), index + 1, guesses.length)}`;
    }

    /** @param {Strokes} strokes */
    #newest(strokes) {
        if (this.#rest?.strokes === strokes) return this.#rest.origin;
        const last = strokes.at(-1);
        return (last && this.#origins.get(last)) ?? null;
    }
}

/**
 * @param {Point} one
 * @param {Point} other
 * @param {number} reach
 */
export function isNear(one, other, reach) {
    return Math.hypot(one.x - other.x, one.y - other.y) <= reach;
}

/**
 * What is asked after a tap: by what the next guess would do.
 *
 * @param {Origin} origin
 */
function questionOf(origin) {
    const { guesses, index } = origin;
    const next = nextGuess(origin);
    if (!next || isEmpty(next) || next.kind === guesses[index]?.kind) return 'edit_tap_again';
    return next.kind === 'add' ? 'edit_tap_or_add' : 'edit_tap_or_take';
}

/**
 * @param {Origin} origin
 * @returns {Region | null}  After the last comes the first again; null if it is the only one.
 */
export function nextGuess(origin) {
    return origin.guesses.length > 1 ? (origin.guesses[nextIndex(origin)] ?? null) : null;
}

/** @param {Origin} origin */
export function nextIndex({ guesses, index }) {
    return (index + 1) % guesses.length;
}
