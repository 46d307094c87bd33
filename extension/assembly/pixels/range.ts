/** @file Smallest and largest values around: `local_range` of py/offcut/kernels/numpy_filters.py. */

const LANES: usize = 4;
const FLOAT: usize = 4;

/**
 * Find the range of every column's values up to some rows away.
 *
 * @param plane  float32, row by row.
 * @param low  As many numbers, the smallest ones; `high` the largest.
 */
export function rangeDown(
    plane: usize,
    rows: usize,
    columns: usize,
    radius: usize,
    low: usize,
    high: usize,
): void {
    const rowBytes = columns * FLOAT;
    for (let row: usize = 0; row < rows; row++) {
        const first = plane + (row > radius ? row - radius : 0) * rowBytes;
        const last = plane + min(row + radius, rows - 1) * rowBytes;
        let at: usize = 0;
        for (; at + LANES * FLOAT <= rowBytes; at += LANES * FLOAT) {
            let least = v128.load(first + at);
            let most = least;
            for (let place = first + at + rowBytes; place <= last + at; place += rowBytes) {
                const value = v128.load(place);
                least = f32x4.min(least, value);
                most = f32x4.max(most, value);
            }
            v128.store(low + at, least);
            v128.store(high + at, most);
        }
        for (; at < rowBytes; at += FLOAT) {
            let least = load<f32>(first + at);
            let most = least;
            for (let place = first + at + rowBytes; place <= last + at; place += rowBytes) {
                least = min(least, load<f32>(place));
                most = max(most, load<f32>(place));
            }
            store<f32>(low + at, least);
            store<f32>(high + at, most);
        }
        low += rowBytes;
        high += rowBytes;
    }
}

/**
 * Widen such ranges to the left and the right.
 *
 * @param low  As `rangeDown` gives them, as `high`.
 * @param outLow  As many numbers, as `outHigh`.
 */
export function rangeAcross(
    low: usize,
    high: usize,
    rows: usize,
    columns: usize,
    radius: usize,
    outLow: usize,
    outHigh: usize,
): void {
    const rowBytes = columns * FLOAT;
    for (let row: usize = 0; row < rows; row++) {
        for (let column: usize = 0; column < columns; ) {
            if (column >= radius && column + radius + LANES <= columns) {
                const first = (column - radius) * FLOAT;
                const last = (column + radius) * FLOAT;
                let least = v128.load(low + first);
                let most = v128.load(high + first);
                for (let at = first + FLOAT; at <= last; at += FLOAT) {
                    least = f32x4.min(least, v128.load(low + at));
                    most = f32x4.max(most, v128.load(high + at));
                }
                v128.store(outLow + column * FLOAT, least);
                v128.store(outHigh + column * FLOAT, most);
                column += LANES;
                continue;
            }
            const first = (column > radius ? column - radius : 0) * FLOAT;
            const last = min(column + radius, columns - 1) * FLOAT;
            let least = load<f32>(low + first);
            let most = load<f32>(high + first);
            for (let at = first + FLOAT; at <= last; at += FLOAT) {
                least = min(least, load<f32>(low + at));
                most = max(most, load<f32>(high + at));
            }
            store<f32>(outLow + column * FLOAT, least);
            store<f32>(outHigh + column * FLOAT, most);
            column++;
        }
        low += rowBytes;
        high += rowBytes;
        outLow += rowBytes;
        outHigh += rowBytes;
    }
}
