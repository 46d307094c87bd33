/**
 * @file Where a head is in a cut-out, by its outline alone: what the marks of a photo for an office
 * begin with.
 *
 * Decides: what counts as the crown, that the neck is the first place below which it grows wider, how
 * far from that the chin is, and where it is if no neck is seen. No face is looked for: a person moves
 * the marks from there.
 */

/** @typedef {{ idMiddle: number, idCrown: number, idEyes: number, idChin: number }} HeadMarks */

const OPAQUE = 128;
/** Share of the picture's width: what is thinner is a hair, and not the crown. */
const LEAST_WIDTH = 0.03;
/** How much wider than the neck the head is, and the shoulders are, at least. */
const WIDER = 1.12;
/** Widths of a head from its crown to its neck, at least: a brim of a hat is no head. */
const LEAST_LENGTH = 0.7;
/**
 * Of the way from the crown to the neck, at which the chin is: where shoulders are high, they meet the
 * head's outline above the chin; where the neck is bare, below it.
 */
const CHIN = 1.05;
/** Of the way from the crown to the chin. */
const EYES = 0.5;
/** Share of the picture's height: what ends sooner is no portrait's head. */
const LEAST_HEAD = 0.08;
/** Of the picture's height, where no neck is seen. */
const USUAL_HEAD = 0.4;
const LOWEST = 0.98;

/**
 * @param {Uint8ClampedArray} pixels  RGBA, of the whole picture with the cut-out in its place.
 * @param {number} width
 * @param {number} height
 * @returns {HeadMarks | null}  In per cent of the picture; null where it is empty.
 */
export function headMarks(pixels, width, height) {
    const runs = Array.from({ length: height }, (_, row) => longestRun(pixels, width, row));
    const crown = runs.findIndex(([start, end]) => end - start >= LEAST_WIDTH * width);
    if (crown < 0) return null;
    const widths = runs.map(([start, end]) => end - start);
    const seen = CHIN * (neckBelow(crown, widths) - crown);
    const length = seen >= LEAST_HEAD * height ? seen : USUAL_HEAD * height;
    const chin = Math.min(crown + length, LOWEST * height);
    if (chin - crown < LEAST_HEAD * height) return null;
    const head = runs.slice(crown, Math.round(chin)).filter(([start, end]) => end > start);
    const middle = head.reduce((sum, [start, end]) => sum + (start + end) / 2, 0) / head.length;
    const across = (/** @type {number} */ x) => (x / width) * 100;
    const down = (/** @type {number} */ y) => (y / height) * 100;
    return {
        idMiddle: across(middle),
        idCrown: down(crown),
        idEyes: down(crown + EYES * (chin - crown)),
        idChin: down(chin),
    };
}

/**
 * @param {number} crown
 * @param {number[]} widths  Of the subject, by rows.
 * @returns {number}  The row; the crown's own if no neck is seen.
 */
function neckBelow(crown, widths) {
    let head = 0;
    let neck = crown;
    for (let row = crown; row < widths.length; row++) {
        const width = widths[row] ?? 0;
        if (width === 0) return crown; // it ends, and had no shoulders
        if (row - crown < LEAST_LENGTH * head || head < WIDER * width) {
            // Still the head, or as wide as one.
            if (width > head) head = width;
            neck = row;
        } else if (width <= (widths[neck] ?? 0)) neck = row;
        else if (width > WIDER * (widths[neck] ?? 0)) return neck;
    }
    return crown;
}

/**
 * @param {Uint8ClampedArray} pixels
 * @param {number} width
 * @param {number} row
 * @returns {[number, number]}  The first column, and the one after the last.
 */
function longestRun(pixels, width, row) {
    /** @type {[number, number]} */
    let longest = [0, 0];
    let start = 0;
    for (let column = 0; column <= width; column++) {
        const isIn = column < width && (pixels[4 * (row * width + column) + 3] ?? 0) >= OPAQUE;
        if (isIn) continue;
        if (column - start > longest[1] - longest[0]) longest = [start, column];
        start = column + 1;
    }
    return longest;
}
