/**
 * @file A stroke of a brush while it is drawn: points of a pointer become few points of a path.
 */

/** @typedef {import('../../messages/edit_types.js').Stroke} Stroke */
/** @typedef {import('./view_geometry.js').Point} Point */

/** Points that lie closer than this share of the radius add nothing to be seen. */
const CLOSEST = 0.25;
/** A pointer that is not moved for hours must not grow a message without end. */
const MOST_POINTS = 5000;

export class StrokeInProgress {
    /** @type {[number, number][]} */
    #points = [];
    /** @type {Point | null} The last place, if it is not one of the points. */
    #end = null;

    /**
     * @param {Stroke['kind']} kind
     * @param {number} radius  Source pixels.
     */
    constructor(kind, radius) {
        this.kind = kind;
        this.radius = rounded(radius);
    }

    /** @param {Point} point  In source pixels. */
    add(point) {
        const last = this.#points.at(-1);
        const distance = last ? Math.hypot(point.x - last[0], point.y - last[1]) : Infinity;
        const isFar = distance >= Math.max(CLOSEST * this.radius, 0.1);
        if (isFar && this.#points.length < MOST_POINTS) {
            this.#points.push([rounded(point.x), rounded(point.y)]);
            this.#end = null;
        } else {
            this.#end = point;
        }
    }

    /**
     * The stroke as far as it has come.
     *
     * @returns {Stroke}
     */
    get stroke() {
        const { kind, radius } = this;
        const end = this.#end;
        /** @type {[number, number][]} */
        const last = end ? [[rounded(end.x), rounded(end.y)]] : [];
        return { kind, radius, points: [...this.#points, ...last] };
    }
}

/** @param {number} value */
function rounded(value) {
    return Math.round(value * 100) / 100;
}
