/** @file Filters of 3 x 3 as 36 matrices: G g Gᵀ of F(4 x 4, 3 x 3). */

import { FLOAT, VECTOR } from './tiles';

const TAPS: usize = 9;

/** A sixth, a twelfth and a twenty-fourth, of which G is made. */
const SIXTH: f32 = 1 / 6;
const TWELFTH: f32 = 1 / 12;
const TWENTY_FOURTH: f32 = 1 / 24;

/**
 * Transform filters, four at a time.
 *
 * @param filters  float32, `rows` x `depth` x 3 x 3.
 * @param target  float32; the first of 36 matrices of `rows` x `depth`.
 * @param step  Bytes from one matrix to the next; 12 more than a matrix are written to.
 * @param scratch  Room for 18 vectors.
 */
export function transformFilters(
    filters: usize,
    rows: usize,
    depth: usize,
    target: usize,
    step: usize,
    scratch: usize,
): void {
    for (let row: usize = 0; row < rows; row++) {
        const first = filters + row * depth * TAPS * FLOAT;
        const last = first + (depth - 1) * TAPS * FLOAT;
        for (let column: usize = 0; column < depth; column += 4) {
            const place = first + column * TAPS * FLOAT;
            transformFour(place, last, target + (row * depth + column) * FLOAT, step, scratch);
        }
    }
}

function transformFour(
    place: usize,
    last: usize,
    target: usize,
    step: usize,
    scratch: usize,
): void {
    const second = min(place + TAPS * FLOAT, last);
    const third = min(second + TAPS * FLOAT, last);
    const fourth = min(third + TAPS * FLOAT, last);
    for (let column: usize = 0; column < 3 * FLOAT; column += FLOAT) {
        spread(
            gather(place + column, second + column, third + column, fourth + column),
            gather(
                place + column + 12,
                second + column + 12,
                third + column + 12,
                fourth + column + 12,
            ),
            gather(
                place + column + 24,
                second + column + 24,
                third + column + 24,
                fourth + column + 24,
            ),
            scratch + (column << 2),
            3 * VECTOR,
        );
    }
    for (let row: usize = 0; row < 6; row++) {
        const from = scratch + row * 3 * VECTOR;
        spread(
            v128.load(from),
            v128.load(from, VECTOR),
            v128.load(from, 2 * VECTOR),
            target + row * 6 * step,
            step,
        );
    }
}

/** One float of each of four filters. */
function gather(first: usize, second: usize, third: usize, fourth: usize): v128 {
    let four = v128.load32_zero(first);
    four = v128.load_lane<f32>(second, four, 1);
    four = v128.load_lane<f32>(third, four, 2);
    return v128.load_lane<f32>(fourth, four, 3);
}

/** Multiply by G: three numbers become six. */
function spread(a: v128, b: v128, c: v128, target: usize, step: usize): void {
    const sixth = f32x4.splat(SIXTH);
    const even = f32x4.mul(f32x4.add(a, c), sixth);
    const odd = f32x4.mul(b, sixth);
    const far = f32x4.add(f32x4.mul(a, f32x4.splat(TWENTY_FOURTH)), f32x4.mul(c, sixth));
    const half = f32x4.mul(b, f32x4.splat(TWELFTH));
    v128.store(target, f32x4.mul(a, f32x4.splat(0.25)));
    v128.store(target + step, f32x4.neg(f32x4.add(even, odd)));
    v128.store(target + 2 * step, f32x4.sub(odd, even));
    v128.store(target + 3 * step, f32x4.add(far, half));
    v128.store(target + 4 * step, f32x4.sub(far, half));
    v128.store(target + 5 * step, c);
}
