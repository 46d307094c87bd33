/** @file Evaluates the colour fit in one block: `evaluate_fit` of py/offcut/kernels/numpy_fit.py. */

const LANES: usize = 4;
const PLANES: usize = 6;

/**
 * Interpolate slopes, an offset and bounds from the working pixels around, and apply them to
 * colours.
 *
 * @param pixels  Red, green, blue and an unused fourth byte of each pixel.
 * @param pixelStep  Bytes from a row of them to the next one.
 * @param fields  Six planes, float32, from the first working row on that is needed.
 * @param planeSize  Numbers of a plane, and of a row of it.
 * @param workingRows  How many of its rows are needed.
 * @param left  For each column of the block the working column left of it, of 32 bits.
 * @param right  The one right of it.
 * @param shareRight  How far it is on to that one, float32.
 * @param above  For each row of the block the working row above it, of 32 bits.
 * @param shareBelow  How far it is on to the next one, float32.
 * @param columns  A multiple of four.
 * @param across  Room for the needed rows of the planes at the block's own columns.
 * @param faint  Values below it fall twice as fast, and half of them are none.
 * @param out  A byte for each pixel.
 * @param outStep  Bytes from a row of them to the next one.
 */
export function evaluateFit(
    pixels: usize,
    pixelStep: usize,
    fields: usize,
    planeSize: usize,
    workingColumns: usize,
    workingRows: usize,
    left: usize,
    right: usize,
    shareRight: usize,
    above: usize,
    shareBelow: usize,
    columns: usize,
    rows: usize,
    across: usize,
    faint: i32,
    out: usize,
    outStep: usize,
): void {
    const limit = i32x4.splat(faint);
    const rowBytes = columns << 2;
    const planeBytes = workingRows * rowBytes;
    for (let start: usize = 0; start < rowBytes; ) {
        // Columns between the same two working columns go together.
        const here = load<u32>(left + start);
        let end = start + 4;
        while (end < rowBytes && load<u32>(left + end) === here) end += 4;
        for (let plane: usize = 0; plane < PLANES; plane++) {
            let from = fields + ((plane * planeSize) << 2);
            let to = across + plane * planeBytes;
            for (let row: usize = 0; row < workingRows; row++) {
                const first = load<f32>(from + ((<usize>here) << 2));
                const second = load<f32>(from + ((<usize>load<u32>(right + start)) << 2));
                stretch(first, second - first, shareRight, start, end, rowBytes, to);
                from += workingColumns << 2;
                to += rowBytes;
            }
        }
        start = end;
    }
    for (let row: usize = 0; row < rows; row++) {
        const working = <usize>load<u32>(above + 4 * row);
        // The last working row stands for all below it.
        const next = working + 1 < workingRows ? rowBytes : 0;
        const part = f32x4.splat(load<f32>(shareBelow + 4 * row));
        let place = across + working * rowBytes;
        let from = pixels;
        let to = out;
        for (const end = place + rowBytes; place < end; place += 4 * LANES) {
            const colors = v128.load(from);
            let value = full(place + 3 * planeBytes, next, part);
            value = f32x4.add(value, f32x4.mul(full(place, next, part), red(colors)));
            value = f32x4.add(
                value,
                f32x4.mul(full(place + planeBytes, next, part), green(colors)),
            );
            value = f32x4.add(
                value,
                f32x4.mul(full(place + 2 * planeBytes, next, part), blue(colors)),
            );
            value = f32x4.max(value, full(place + 4 * planeBytes, next, part));
            value = f32x4.min(value, full(place + 5 * planeBytes, next, part));
            const words = i32x4.trunc_sat_f32x4_s(f32x4.add(value, f32x4.splat(0.5)));
            const fallen = i32x4.sub(i32x4.shl(words, 1), limit);
            const kept = v128.bitselect(fallen, words, i32x4.lt_s(words, limit));
            const halves = i16x8.narrow_i32x4_u(kept, kept);
            v128.store32_lane(to, i8x16.narrow_i16x8_u(halves, halves), 0);
            from += 4 * LANES;
            to += LANES;
        }
        pixels += pixelStep;
        out += outStep;
    }
}

/** Fill a part of a row; up to three numbers behind it, but none behind the row, are spoilt. */
function stretch(
    first: f32,
    change: f32,
    share: usize,
    start: usize,
    end: usize,
    rowBytes: usize,
    to: usize,
): void {
    let at = start;
    for (; at < end && at + 4 * LANES <= rowBytes; at += 4 * LANES) {
        const moved = f32x4.mul(f32x4.splat(change), v128.load(share + at));
        v128.store(to + at, f32x4.add(f32x4.splat(first), moved));
    }
    for (; at < end; at += 4) store<f32>(to + at, first + change * load<f32>(share + at));
}

/** Interpolate one plane in four columns. */
function full(place: usize, next: usize, part: v128): v128 {
    const here = v128.load(place);
    return f32x4.add(f32x4.mul(f32x4.sub(v128.load(place + next), here), part), here);
}

function red(colors: v128): v128 {
    return f32x4.convert_i32x4_u(v128.and(colors, i32x4.splat(0xff)));
}

function green(colors: v128): v128 {
    return red(i32x4.shr_u(colors, 8));
}

function blue(colors: v128): v128 {
    return red(i32x4.shr_u(colors, 16));
}
