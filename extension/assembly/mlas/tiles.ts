/**
 * @file Four neighbouring tiles at a time to and from the 36 matrices of F(4 x 4, 3 x 3).
 *
 * A tile is 4 x 4 numbers of the output and is made of 6 x 6 of the input. Four of them lie beside
 * each other, so that each vector has the same place of four tiles.
 */

export const FLOAT: usize = 4;
export const VECTOR: usize = 16;
/** Columns of the output that four tiles have, and floats in the five vectors that they need. */
export const ACROSS: usize = 16;
export const NEEDED: usize = 20;
export const DOWN: usize = 4;
const PATCH_ROW: usize = 5 * VECTOR;

/**
 * Bᵀ d B: put four tiles into the 36 matrices.
 *
 * @param source  float32; 6 rows of 20, of which the last two of each are not used.
 * @param rowBytes  From row to row.
 * @param scratch  Room for 30 vectors.
 * @param target  Place in the first matrix.
 * @param step  Bytes from one matrix to the next.
 */
export function transformInput(
    source: usize,
    rowBytes: usize,
    scratch: usize,
    target: usize,
    step: usize,
): void {
    for (let at: usize = 0; at < PATCH_ROW; at += VECTOR) {
        const from = source + at;
        forward(
            v128.load(from),
            v128.load(from + rowBytes),
            v128.load(from + 2 * rowBytes),
            v128.load(from + 3 * rowBytes),
            v128.load(from + 4 * rowBytes),
            v128.load(from + 5 * rowBytes),
            scratch + at,
            PATCH_ROW,
        );
    }
    for (let row: usize = 0; row < 6; row++) {
        const from = scratch + row * PATCH_ROW;
        const a = v128.load(from);
        const b = v128.load(from, VECTOR);
        const c = v128.load(from, 2 * VECTOR);
        const d = v128.load(from, 3 * VECTOR);
        const e = v128.load(from, 4 * VECTOR);
        const ab = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
        const cd = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
        const abRight = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
        const cdRight = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
        const first = v128.shuffle<f64>(ab, cd, 0, 2);
        const second = v128.shuffle<f64>(ab, cd, 1, 3);
        forward(
            first,
            second,
            v128.shuffle<f64>(abRight, cdRight, 0, 2),
            v128.shuffle<f64>(abRight, cdRight, 1, 3),
            v128.shuffle<f32>(first, e, 1, 2, 3, 4),
            v128.shuffle<f32>(second, e, 1, 2, 3, 5),
            target + row * 6 * step,
            step,
        );
    }
}

/** Multiply by Bᵀ: six numbers become six others. */
function forward(
    a: v128,
    b: v128,
    c: v128,
    d: v128,
    e: v128,
    f: v128,
    target: usize,
    step: usize,
): void {
    const four = f32x4.splat(4);
    const minusFour = f32x4.splat(-4);
    const minusFive = f32x4.splat(-5);
    const two = f32x4.splat(2);
    const even = f32x4.relaxed_madd(c, minusFour, e);
    const odd = f32x4.relaxed_madd(b, minusFour, d);
    const far = f32x4.sub(e, c);
    const slope = f32x4.mul(f32x4.sub(d, b), two);
    v128.store(target, f32x4.relaxed_madd(a, four, f32x4.relaxed_madd(c, minusFive, e)));
    v128.store(target + step, f32x4.add(even, odd));
    v128.store(target + 2 * step, f32x4.sub(even, odd));
    v128.store(target + 3 * step, f32x4.add(far, slope));
    v128.store(target + 4 * step, f32x4.sub(far, slope));
    v128.store(target + 5 * step, f32x4.relaxed_madd(b, four, f32x4.relaxed_madd(d, minusFive, f)));
}

/**
 * Aᵀ m A: make four tiles of the output.
 *
 * @param source  Place in the first of the 36 products.
 * @param step  Bytes from one product to the next.
 * @param scratch  Room for 24 vectors.
 * @param bias  Added to all.
 * @param least  What is less becomes this.
 * @param target  float32; 4 rows of 16.
 * @param rowBytes  From row to row.
 */
export function transformOutput(
    source: usize,
    step: usize,
    scratch: usize,
    bias: f32,
    least: f32,
    target: usize,
    rowBytes: usize,
): void {
    for (let column: usize = 0; column < 6; column++) {
        const from = source + column * step;
        const first = v128.load(from);
        const a = v128.load(from + 6 * step);
        const b = v128.load(from + 12 * step);
        const c = v128.load(from + 18 * step);
        const d = v128.load(from + 24 * step);
        const last = v128.load(from + 30 * step);
        const near = f32x4.add(a, b);
        const slope = f32x4.sub(a, b);
        const far = f32x4.add(c, d);
        const steep = f32x4.sub(c, d);
        const to = scratch + column * VECTOR;
        v128.store(to, f32x4.add(f32x4.add(first, near), far));
        v128.store(to, f32x4.relaxed_madd(steep, f32x4.splat(2), slope), 6 * VECTOR);
        v128.store(to, f32x4.relaxed_madd(far, f32x4.splat(4), near), 12 * VECTOR);
        const steeper = f32x4.relaxed_madd(steep, f32x4.splat(8), slope);
        v128.store(to, f32x4.add(steeper, last), 18 * VECTOR);
    }
    for (let row: usize = 0; row < DOWN; row++) {
        const from = scratch + row * 6 * VECTOR;
        const first = v128.load(from);
        const a = v128.load(from, VECTOR);
        const b = v128.load(from, 2 * VECTOR);
        const c = v128.load(from, 3 * VECTOR);
        const d = v128.load(from, 4 * VECTOR);
        const last = v128.load(from, 5 * VECTOR);
        const near = f32x4.add(f32x4.add(a, b), f32x4.splat(bias));
        const slope = f32x4.add(f32x4.sub(a, b), f32x4.splat(bias));
        const far = f32x4.add(c, d);
        const steep = f32x4.sub(c, d);
        const steeper = f32x4.relaxed_madd(steep, f32x4.splat(8), slope);
        const w = f32x4.pmax(f32x4.add(f32x4.add(first, near), far), f32x4.splat(least));
        const x = f32x4.pmax(f32x4.relaxed_madd(steep, f32x4.splat(2), slope), f32x4.splat(least));
        const y = f32x4.pmax(f32x4.relaxed_madd(far, f32x4.splat(4), near), f32x4.splat(least));
        const z = f32x4.pmax(f32x4.add(steeper, last), f32x4.splat(least));
        const wx = v128.shuffle<f32>(w, x, 0, 4, 1, 5);
        const yz = v128.shuffle<f32>(y, z, 0, 4, 1, 5);
        const wxRight = v128.shuffle<f32>(w, x, 2, 6, 3, 7);
        const yzRight = v128.shuffle<f32>(y, z, 2, 6, 3, 7);
        const to = target + row * rowBytes;
        v128.store(to, v128.shuffle<f64>(wx, yz, 0, 2));
        v128.store(to, v128.shuffle<f64>(wx, yz, 1, 3), VECTOR);
        v128.store(to, v128.shuffle<f64>(wxRight, yzRight, 0, 2), 2 * VECTOR);
        v128.store(to, v128.shuffle<f64>(wxRight, yzRight, 1, 3), 3 * VECTOR);
    }
}
