/** @file Sweeps of cheapest paths over a picture: `sweep_distances` of py/offcut/kernels/numpy_filters.py. */

const DOUBLE: usize = 8;
const LANES: usize = 2;

/**
 * Let all paths go on along rows, then along columns.
 *
 * @param far  float64, row by row; changed in place.
 * @param alongRows  float64; sums of the costs along every row, as `alongColumns`.
 * @param room  As many numbers, twice.
 * @returns  By how much a distance became less at most.
 */
export function sweepDistances(
    far: usize,
    alongRows: usize,
    alongColumns: usize,
    rows: usize,
    columns: usize,
    room: usize,
): f64 {
    const size = rows * columns * DOUBLE;
    const before = room;
    const forth = room + size;
    memory.copy(before, far, size);
    for (let row: usize = 0; row < rows; row++) {
        const skipped = row * columns * DOUBLE;
        sweepLine(far + skipped, alongRows + skipped, columns, DOUBLE, forth);
    }
    let column: usize = 0;
    for (; column + LANES <= columns; column += LANES) {
        const skipped = column * DOUBLE;
        sweepLines(far + skipped, alongColumns + skipped, rows, columns * DOUBLE, forth);
    }
    if (column < columns) {
        const skipped = column * DOUBLE;
        sweepLine(far + skipped, alongColumns + skipped, rows, columns * DOUBLE, forth);
    }
    let most: f64 = -Infinity;
    for (let at: usize = 0; at < size; at += DOUBLE) {
        most = max(most, load<f64>(before + at) - load<f64>(far + at));
    }
    return most;
}

/** Go forth and back over numbers that are `step` bytes apart. */
function sweepLine(far: usize, sums: usize, count: usize, step: usize, forth: usize): void {
    let least: f64 = Infinity;
    const end = count * step;
    for (let at: usize = 0; at < end; at += step) {
        const sum = load<f64>(sums + at);
        least = min(least, load<f64>(far + at) - sum);
        store<f64>(forth, least + sum);
        forth += DOUBLE;
    }
    least = Infinity;
    for (let at = end; at > 0; ) {
        at -= step;
        forth -= DOUBLE;
        const sum = load<f64>(sums + at);
        least = min(least, load<f64>(far + at) + sum);
        store<f64>(far + at, min(load<f64>(forth), least - sum));
    }
}

/** Over two such lines beside each other. */
function sweepLines(far: usize, sums: usize, count: usize, step: usize, forth: usize): void {
    let least = f64x2.splat(Infinity);
    const end = count * step;
    for (let at: usize = 0; at < end; at += step) {
        const sum = v128.load(sums + at);
        least = f64x2.min(least, f64x2.sub(v128.load(far + at), sum));
        v128.store(forth, f64x2.add(least, sum));
        forth += LANES * DOUBLE;
    }
    least = f64x2.splat(Infinity);
    for (let at = end; at > 0; ) {
        at -= step;
        forth -= LANES * DOUBLE;
        const sum = v128.load(sums + at);
        least = f64x2.min(least, f64x2.add(v128.load(far + at), sum));
        v128.store(far + at, f64x2.min(v128.load(forth), f64x2.sub(least, sum)));
    }
}
