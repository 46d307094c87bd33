/** @file Evaluates the colour fit in one block: the rows of `_evaluate` in py/offcut/refine.py. */

const LANES: usize = 4;
const PLANES: usize = 6;

/**
 * Interpolate slopes, an offset and bounds from the working pixels around, and apply them to
 * colours.
 *
 * @param pixels  Red, green and blue of each pixel, row by row.
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
 * @param out  A byte for each pixel.
 */
export function evaluateFit(
    pixels: usize,
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
    out: usize,
): void {
    const rowBytes = columns << 2;
    const planeBytes = workingRows * rowBytes;
    for (let plane: usize = 0; plane < PLANES; plane++) {
        for (let row: usize = 0; row < workingRows; row++) {
            const from = fields + ((plane * planeSize + row * workingColumns) << 2);
            stretchRow(
                from,
                left,
                right,
                shareRight,
                columns,
                across + plane * planeBytes + row * rowBytes,
            );
        }
    }
    for (let row: usize = 0; row < rows; row++) {
        const working = <usize>load<u32>(above + 4 * row);
        // The last working row stands for all below it.
        const next = working + 1 < workingRows ? rowBytes : 0;
        const part = f32x4.splat(load<f32>(shareBelow + 4 * row));
        let place = across + working * rowBytes;
        for (const end = place + rowBytes; place < end; place += 4 * LANES) {
            const bytes = twelveBytes(pixels);
            let value = full(place + 3 * planeBytes, next, part);
            value = f32x4.add(value, f32x4.mul(full(place, next, part), red(bytes)));
            value = f32x4.add(value, f32x4.mul(full(place + planeBytes, next, part), green(bytes)));
            value = f32x4.add(
                value,
                f32x4.mul(full(place + 2 * planeBytes, next, part), blue(bytes)),
            );
            value = f32x4.max(value, full(place + 4 * planeBytes, next, part));
            value = f32x4.min(value, full(place + 5 * planeBytes, next, part));
            const words = i32x4.trunc_sat_f32x4_s(f32x4.add(value, f32x4.splat(0.5)));
            const halves = i16x8.narrow_i32x4_u(words, words);
            v128.store32_lane(out, i8x16.narrow_i16x8_u(halves, halves), 0);
            pixels += 3 * LANES;
            out += LANES;
        }
    }
}

function stretchRow(
    from: usize,
    left: usize,
    right: usize,
    share: usize,
    columns: usize,
    to: usize,
): void {
    for (let at: usize = 0; at < columns << 2; at += 4) {
        const first = load<f32>(from + 4 * <usize>load<u32>(left + at));
        const second = load<f32>(from + 4 * <usize>load<u32>(right + at));
        store<f32>(to + at, first + (second - first) * load<f32>(share + at));
    }
}

/** Interpolate one plane in four columns. */
function full(place: usize, next: usize, part: v128): v128 {
    const here = v128.load(place);
    return f32x4.add(f32x4.mul(f32x4.sub(v128.load(place + next), here), part), here);
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
