/**
 * @file A region that a tap adds or takes, as a tinted layer with an outline.
 *
 * Decides: the colours of what a tap would add and take.
 */

/** @typedef {import('./paint_stage.js').Layer} Layer */
/** @typedef {import('../../messages/edit_types.js').Region} Region */

const FILL = 90;
const RIM = 255;
/** As the strokes that keep and remove. */
const COLORS = Object.freeze({ add: [22, 163, 74], take: [220, 38, 38] });

/** @type {WeakMap<Region, OffscreenCanvas>} */
const drawn = new WeakMap();

/**
 * @param {Region} region
 * @param {import('./view_geometry.js').Size} source  Of the picture that it covers.
 * @returns {Layer}
 */
export function regionLayer(region, { width, height }) {
    const image = drawn.get(region) ?? draw(region);
    drawn.set(region, image);
    return { image, width: image.width, box: { left: 0, top: 0, width, height } };
}

/**
 * Whether a region has the place; in shares of the picture.
 *
 * @param {Region} region
 * @param {{ x: number, y: number }} place
 */
export function regionHas({ size, runs }, { x, y }) {
    const [height = 1, width = 1] = size;
    if (x < 0 || y < 0 || x >= 1 || y >= 1) return false;
    const at = Math.floor(y * height) * width + Math.floor(x * width);
    let end = 0;
    const index = runs.findIndex((run) => {
        end += run;
        return at < end;
    });
    return index % 2 === 1;
}

/**
 * Whether a guess is that nothing is wrong at a place.
 *
 * @param {Region} region
 */
export function isEmpty({ runs }) {
    return runs.length === 1;
}

/** @param {Region} region */
function draw({ kind, size, runs }) {
    const [height = 1, width = 1] = size;
    const inside = new Uint8Array(width * height);
    let start = 0;
    for (const [index, run] of runs.entries()) {
        if (index % 2 === 1) inside.fill(1, start, start + run);
        start += run;
    }
    const pixels = new ImageData(width, height);
    for (let at = 0; at < inside.length; at++) {
        if (!inside[at]) continue;
        pixels.data.set([...COLORS[kind], isRim(inside, at, width) ? RIM : FILL], 4 * at);
    }
    const image = new OffscreenCanvas(width, height);
    image.getContext('2d')?.putImageData(pixels, 0, 0);
    return image;
}

/**
 * Whether a pixel of a mask has one beside it that is outside, or is at the picture's border.
 *
 * @param {Uint8Array} inside
 * @param {number} at
 * @param {number} width
 */
function isRim(inside, at, width) {
    const column = at % width;
    const isBorder = column === 0 || column === width - 1;
    return isBorder || [at - 1, at + 1, at - width, at + width].some((each) => !inside[each]);
}
