/**
 * @file PNG's filters Up and Paeth over a band of rows; see py/offcut/png_rows.py, which does
 * the same where there is no second thread.
 */

export const UP = 2;
export const PAETH = 4;

/**
 * @typedef {object} Band
 * @property {Uint8Array} rows   The row above the first one, then the rows themselves.
 * @property {number} rowBytes
 * @property {number} pixelBytes  The number of channels.
 * @property {number} filter      UP or PAETH.
 */

/**
 * @param {Band} band
 * @param {Uint8Array} out  Takes each row with its filter's number before it.
 * @returns {number}  How many bytes of `out` are used.
 */
export function filterRows({ rows, rowBytes, pixelBytes, filter }, out) {
    const count = rows.length / rowBytes - 1;
    let to = 0;
    for (let row = 1; row <= count; row++) {
        out[to++] = filter;
        const from = row * rowBytes;
        // Both sides of a subject are empty, and what is empty stays so whatever the filter.
        const start = emptyBytes(rows, from, rowBytes, 1);
        const end = rowBytes - (start < rowBytes ? emptyBytes(rows, from, rowBytes, -1) : 0);
        out.fill(0, to, to + rowBytes);
        if (filter === PAETH) {
            const left = start - (start % pixelBytes);
            const right = Math.min(rowBytes, end + pixelBytes);
            paeth(rows, from, rowBytes, pixelBytes, out, to, left, right);
        } else up(rows, from, rowBytes, out, to, start, end);
        to += rowBytes;
    }
    return to;
}

/**
 * Count the bytes at one end of a row that are zero, and so are those above them.
 *
 * @param {Uint8Array} rows
 * @param {number} from
 * @param {number} length
 * @param {1 | -1} step  From the left end, or from the right one.
 */
function emptyBytes(rows, from, length, step) {
    let at = step > 0 ? from : from + length - 1;
    let count = 0;
    while (count < length && rows[at] === 0 && rows[at - length] === 0) {
        at += step;
        count++;
    }
    return count;
}

/**
 * @param {Uint8Array} rows
 * @param {number} from
 * @param {number} length
 * @param {Uint8Array} out
 * @param {number} to
 * @param {number} start
 * @param {number} end
 */
function up(rows, from, length, out, to, start, end) {
    for (let at = start; at < end; at++) {
        out[to + at] =
            /** @type {number} */ (rows[from + at]) -
            /** @type {number} */ (rows[from + at - length]);
    }
}

/**
 * @param {Uint8Array} rows
 * @param {number} from
 * @param {number} length
 * @param {number} pixelBytes
 * @param {Uint8Array} out
 * @param {number} to
 * @param {number} start
 * @param {number} end
 */
function paeth(rows, from, length, pixelBytes, out, to, start, end) {
    const first = Math.min(end, Math.max(start, pixelBytes));
    up(rows, from, length, out, to, start, first); // left of the first pixel there is nothing
    for (let at = first; at < end; at++) {
        const place = from + at;
        const here = /** @type {number} */ (rows[place]);
        const left = /** @type {number} */ (rows[place - pixelBytes]);
        const above = /** @type {number} */ (rows[place - length]);
        const corner = /** @type {number} */ (rows[place - length - pixelBytes]);
        const toLeft = Math.abs(above - corner);
        const toAbove = Math.abs(left - corner);
        const toCorner = Math.abs(left + above - 2 * corner);
        const nearest = toAbove <= toCorner ? above : corner;
        out[to + at] = here - (toLeft <= toAbove && toLeft <= toCorner ? left : nearest);
    }
}
