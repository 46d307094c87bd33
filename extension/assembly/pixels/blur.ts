/** @file Means over a square window: `box_blur` of py/offcut/kernels/numpy_filters.py. */

const FLOAT: usize = 4;
const DOUBLE: usize = 8;

/**
 * Means over a window up and down, cut off at the first and the last row.
 *
 * @param values  float32, row by row.
 * @param reach  Rows on each side; less than there are rows.
 * @param sums  Room for float64, one row more than the values have.
 * @param out  float32, as many as values.
 */
export function blurDown(
    values: usize,
    rows: usize,
    columns: usize,
    reach: usize,
    sums: usize,
    out: usize,
): void {
    const rowBytes = columns * DOUBLE;
    memory.fill(sums, 0, rowBytes);
    for (let row: usize = 0; row < rows; row++) {
        addRow(sums + row * rowBytes, values + row * columns * FLOAT, columns, rowBytes);
    }
    for (let row: usize = 0; row < rows; row++) {
        const end = min(row + reach + 1, rows);
        const start = row > reach ? row - reach : 0;
        meanRow(
            sums + start * rowBytes,
            sums + end * rowBytes,
            <f64>(end - start),
            columns,
            out + row * columns * FLOAT,
        );
    }
}

/** Write the sums of one row more behind those of the rows before. */
function addRow(before: usize, values: usize, columns: usize, rowBytes: usize): void {
    let column: usize = 0;
    for (; column + 2 <= columns; column += 2) {
        const place = before + column * DOUBLE;
        const more = f64x2.promote_low_f32x4(v128.load64_zero(values + column * FLOAT));
        v128.store(place + rowBytes, f64x2.add(more, v128.load(place)));
    }
    if (column < columns) {
        const place = before + column * DOUBLE;
        store<f64>(place + rowBytes, <f64>load<f32>(values + column * FLOAT) + load<f64>(place));
    }
}

function meanRow(start: usize, end: usize, count: f64, columns: usize, out: usize): void {
    const counts = f64x2.splat(count);
    let column: usize = 0;
    for (; column + 2 <= columns; column += 2) {
        const at = column * DOUBLE;
        const total = f64x2.sub(v128.load(end + at), v128.load(start + at));
        const mean = f32x4.demote_f64x2_zero(f64x2.div(total, counts));
        v128.store64_lane(out + column * FLOAT, mean, 0);
    }
    if (column < columns) {
        const at = column * DOUBLE;
        const total = load<f64>(end + at) - load<f64>(start + at);
        store<f32>(out + column * FLOAT, <f32>(total / count));
    }
}

/**
 * Means over a window to the left and the right.
 *
 * @param reach  Columns on each side; less than there are columns.
 * @param sums  Room for float64, one more than there are columns.
 */
export function blurAcross(
    values: usize,
    rows: usize,
    columns: usize,
    reach: usize,
    sums: usize,
    out: usize,
): void {
    const whole = f64x2.splat(<f64>(2 * reach + 1));
    store<f64>(sums, 0);
    for (let row: usize = 0; row < rows; row++) {
        let total: f64 = 0;
        for (let column: usize = 0; column < columns; column++) {
            total += <f64>load<f32>(values + column * FLOAT);
            store<f64>(sums + (column + 1) * DOUBLE, total);
        }
        for (let column: usize = 0; column < columns; ) {
            if (column >= reach && column + reach + 2 <= columns) {
                // Two whole windows side by side.
                const behind = sums + (column + reach + 1) * DOUBLE;
                const before = sums + (column - reach) * DOUBLE;
                const inside = f64x2.sub(v128.load(behind), v128.load(before));
                const mean = f32x4.demote_f64x2_zero(f64x2.div(inside, whole));
                v128.store64_lane(out + column * FLOAT, mean, 0);
                column += 2;
                continue;
            }
            const end = min(column + reach + 1, columns);
            const start = column > reach ? column - reach : 0;
            const inside = load<f64>(sums + end * DOUBLE) - load<f64>(sums + start * DOUBLE);
            store<f32>(out + column * FLOAT, <f32>(inside / <f64>(end - start)));
            column++;
        }
        values += columns * FLOAT;
        out += columns * FLOAT;
    }
}
