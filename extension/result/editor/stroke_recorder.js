/**
 * @file Records a stroke of a brush while it is drawn, with few points for its path.
 *
 * Decides: which points of the pointer's path are kept, and how many at most.
 */

/** @typedef {import('../../messages/edit_types.js').Stroke} Stroke */
/** @typedef {import('./view_geometry.js').Point} Point */

/** Points closer than this share of the radius make no visible difference. */
const CLOSEST = 0.25;
/** Limits the message to the engine if a pointer is held down for hours. */
const MOST_POINTS = 5000;

export class StrokeRecorder {
    /** @type {[number, number][]} */
    #points = [];
    /** @type {Point | null} The last position, if it is not one of the points. */
    #end = null;

    /**
     * @param {Stroke['kind']} kind
     * @param {number} radius  Source pixels.
     */
    constructor(kind, radius) {
        this.kind = kind;
        this.radius = round(radius);
    }

    /** @param {Point} point  Source pixels. */
    add(point) {
        const last = this.#points.at(-1);
        const distance = last ? Math.hypot(point.x - last[0], point.y - last[1]) : Infinity;
        const isFar = distance >= Math.max(CLOSEST * this.radius, 0.1);
        if (isFar && this.#points.length < MOST_POINTS) {
            this.#points.push([round(point.x), round(point.y)]);
            this.#end = null;
        } else {
            this.#end = point;
        }
    }

    /**
     * The stroke so far.
     *
     * @returns {Stroke}
     */
    get stroke() {
        const { kind, radius } = this;
        const end = this.#end;
        /** @type {[number, number][]} */
        const last = end ? [[round(end.x), round(end.y)]] : [];
        return { kind, radius, points: [...this.#points, ...last] };
    }
}

/** @param {number} value */
function round(value) {
    return Math.round(value * 100) / 100;
}
