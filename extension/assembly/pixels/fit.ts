/** @file Evaluates the colour fit in one block: the rows of `_evaluate` in py/offcut/refine.py. */

const LANES: usize = 4;
const PLANES: usize = 6;

/**
 * Interpolate slopes, an offset and bounds from the working rows above and below, and apply
 * them to colours.
 *
 * @param pixels  Red, green and blue of each pixel, row by row.
 * @param across  Six planes of working rows, float32, at the block's own columns.
 * @param steps  From each of these rows to the next one.
 * @param above  For each row of the block the working row above it, of 32 bits.
 * @param share  For each row of the block how far it is on to the next one, float32.
 * @param columns  A multiple of four.
 * @param out  A byte for each pixel.
 */
export function evaluateFit(
    pixels: usize,
    across: usize,
    steps: usize,
    workingRows: usize,
    above: usize,
    share: usize,
    columns: usize,
    rows: usize,
    out: usize,
): void {
    const rowBytes = columns << 2;
    const planeBytes = workingRows * rowBytes;
    for (let row: usize = 0; row < rows; row++) {
        const start = <usize>load<u32>(above + 4 * row) * rowBytes;
        const part = f32x4.splat(load<f32>(share + 4 * row));
        for (let column: usize = 0; column < columns; column += LANES) {
            const place = start + 4 * column;
            const base = across + place;
            const step = steps + place;
            const bytes = twelveBytes(pixels + 3 * column);
            let value = full(base, step, 3 * planeBytes, part);
            value = f32x4.add(value, f32x4.mul(full(base, step, 0, part), red(bytes)));
            value = f32x4.add(value, f32x4.mul(full(base, step, planeBytes, part), green(bytes)));
            value = f32x4.add(
                value,
                f32x4.mul(full(base, step, 2 * planeBytes, part), blue(bytes)),
            );
            value = f32x4.max(value, full(base, step, 4 * planeBytes, part));
            value = f32x4.min(value, full(base, step, (PLANES - 1) * planeBytes, part));
            const words = i32x4.trunc_sat_f32x4_s(f32x4.add(value, f32x4.splat(0.5)));
            const halves = i16x8.narrow_i32x4_u(words, words);
            v128.store32_lane(out + column, i8x16.narrow_i16x8_u(halves, halves), 0);
        }
        pixels += 3 * columns;
        out += columns;
    }
}

/** Interpolate one plane in four columns. */
function full(base: usize, step: usize, plane: usize, part: v128): v128 {
    return f32x4.add(f32x4.mul(v128.load(step + plane), part), v128.load(base + plane));
}

function twelveBytes(place: usize): v128 {
    return v128.load32_lane(place + 8, v128.load64_zero(place), 2);
}

function red(bytes: v128): v128 {
    const spread = v128.shuffle<i8>(
        bytes,
        i8x16.splat(0),
        0,
        16,
        16,
        16,
        3,
        16,
        16,
        16,
        6,
        16,
        16,
        16,
        9,
        16,
        16,
        16,
    );
    return f32x4.convert_i32x4_u(spread);
}

function green(bytes: v128): v128 {
    const spread = v128.shuffle<i8>(
        bytes,
        i8x16.splat(0),
        1,
        16,
        16,
        16,
        4,
        16,
        16,
        16,
        7,
        16,
        16,
        16,
        10,
        16,
        16,
        16,
    );
    return f32x4.convert_i32x4_u(spread);
}

function blue(bytes: v128): v128 {
    const spread = v128.shuffle<i8>(
        bytes,
        i8x16.splat(0),
        2,
        16,
        16,
        16,
        5,
        16,
        16,
        16,
        8,
        16,
        16,
        16,
        11,
        16,
        16,
        16,
    );
    return f32x4.convert_i32x4_u(spread);
}
