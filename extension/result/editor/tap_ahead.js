/**
 * @file Lets the network look at the whole picture in large pieces while the tap is in the hand, so
 * that what is shown under the pointer knows already what the network thinks of it.
 *
 * Decides: in which order it looks, and when it leaves off.
 */

/** @typedef {import('./view_geometry.js').Point} Point */

/**
 * Middles of the widest crops along each side, as shares of it: CROP_SHARES and STEPS in
 * py/offcut/tapping/crops.py. Others would do as well, and be looked at twice.
 */
const MIDDLES = [0.5, 0.35, 0.65];

export class TapAhead {
    /** @type {Point[]} Shares of the picture that are still to be looked at. */
    #places = MIDDLES.flatMap((y) => MIDDLES.map((x) => ({ x, y })));
    #isLooking = false;
    #look;
    #isWanted;

    /**
     * @param {(place: Point) => Promise<unknown>} look  At a place, in shares of the picture.
     * @param {() => boolean} isWanted
     */
    constructor(look, isWanted) {
        this.#look = look;
        this.#isWanted = isWanted;
    }

    /** Go on looking, one piece after the other, as long as it is wanted. */
    async goOn() {
        if (this.#isLooking) return;
        this.#isLooking = true;
        try {
            for (;;) {
                const [place] = this.#places;
                if (!place || !this.#isWanted()) break;
                await this.#look(place);
                this.#places.shift();
            }
        } catch (error) {
            this.#places = []; // a tap itself will say what is wrong
            console.warn('no look ahead of a tap:', error);
        }
        this.#isLooking = false;
    }
}
