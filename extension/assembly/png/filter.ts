/**
 * @file PNG's filters Up and Paeth, sixteen bytes at once; see py/offcut/encoding/png_filters.py, which
 * does the same where there is no second thread.
 */

/** Number of the filter Paeth in the PNG standard; all else here is Up. */
const PAETH: u32 = 4;
const LANES: usize = 16;

/**
 * Write one row: its filter's number, and then the differences to what is predicted.
 *
 * @param row  The row above it ends where it begins.
 */
export function filterRow(
    row: usize,
    rowBytes: usize,
    pixelBytes: usize,
    filter: u32,
    out: usize,
): void {
    store<u8>(out++, <u8>filter);
    const isPaeth = filter === PAETH && rowBytes >= pixelBytes + LANES;
    // Left of the first pixel there is nothing, which makes Paeth Up.
    let at = filter === PAETH ? up(row, rowBytes, 0, pixelBytes, out) : 0;
    if (isPaeth) {
        for (; at + LANES <= rowBytes; at += LANES) paeth(row + at, rowBytes, pixelBytes, out + at);
        // The last bytes once more, together with some that are done.
        if (at < rowBytes)
            paeth(row + rowBytes - LANES, rowBytes, pixelBytes, out + rowBytes - LANES);
    } else if (filter === PAETH) {
        for (; at < rowBytes; at++) paethOfByte(row + at, rowBytes, pixelBytes, out + at);
    } else up(row, rowBytes, 0, rowBytes, out);
}

function up(row: usize, rowBytes: usize, from: usize, to: usize, out: usize): usize {
    let at = from;
    for (; at + LANES <= to; at += LANES) {
        const here = v128.load(row + at);
        const above = v128.load(row + at - rowBytes);
        v128.store(out + at, i8x16.sub(here, above));
    }
    for (; at < to; at++) {
        store<u8>(out + at, load<u8>(row + at) - load<u8>(row + at - rowBytes));
    }
    return at;
}

/**
 * With the corner clamped between left and above, and its distances to the higher and to the
 * lower of them: the lower one is nearest to left + above - corner if twice the first is at
 * most the second, the higher one the other way round, else the corner.
 */
function paeth(place: usize, rowBytes: usize, pixelBytes: usize, out: usize): void {
    const left = v128.load(place - pixelBytes);
    const above = v128.load(place - rowBytes);
    const corner = v128.load(place - rowBytes - pixelBytes);
    const lower = i8x16.min_u(left, above);
    const higher = i8x16.max_u(left, above);
    const middle = i8x16.min_u(i8x16.max_u(corner, lower), higher);
    const toHigher = i8x16.sub(higher, middle);
    const toLower = i8x16.sub(middle, lower);
    const isLower = i8x16.le_u(i8x16.add_sat_u(toHigher, toHigher), toLower);
    const isHigher = i8x16.le_u(i8x16.add_sat_u(toLower, toLower), toHigher);
    const nearest = v128.bitselect(lower, v128.bitselect(higher, middle, isHigher), isLower);
    v128.store(out, i8x16.sub(v128.load(place), nearest));
}

function paethOfByte(place: usize, rowBytes: usize, pixelBytes: usize, out: usize): void {
    const left = <i32>load<u8>(place - pixelBytes);
    const above = <i32>load<u8>(place - rowBytes);
    const corner = <i32>load<u8>(place - rowBytes - pixelBytes);
    const toLeft = abs(above - corner);
    const toAbove = abs(left - corner);
    const toCorner = abs(left + above - 2 * corner);
    const nearest = toAbove <= toCorner ? above : corner;
    const predicted = toLeft <= toAbove && toLeft <= toCorner ? left : nearest;
    store<u8>(out, <u8>(<i32>load<u8>(place) - predicted));
}
