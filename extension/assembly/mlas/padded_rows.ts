/** @file Rows of the input with the zeros around them, so that sums need no borders. */

import { INPUT_SHAPE, PADDING } from './parameters';
import { FLOAT, VECTOR } from './tiles';

/**
 * Copy a row; what lies outside of the plane is zero.
 *
 * @param plane  float32, row by row.
 * @param row  Of the plane with its padding, from 0 on.
 * @param target  float32; room for a whole number of vectors.
 * @param bytes  Of `target`; what the padded row has beyond them is left out.
 */
export function copyPaddedRow(
    parameters: usize,
    plane: usize,
    row: usize,
    target: usize,
    bytes: usize,
): void {
    for (let at: usize = 0; at < bytes; at += VECTOR) v128.store(target + at, f32x4.splat(0));
    const rows = <usize>load<u32>(parameters, INPUT_SHAPE);
    const columns = <usize>load<u32>(parameters, INPUT_SHAPE + FLOAT);
    const above = <usize>load<u32>(parameters, PADDING);
    const left = <usize>load<u32>(parameters, PADDING + FLOAT) * FLOAT;
    if (row < above || row - above >= rows || left >= bytes) return;
    const from = plane + (row - above) * columns * FLOAT;
    const to = target + left;
    const end = min(columns * FLOAT, bytes - left);
    let at: usize = 0;
    for (; at + VECTOR <= end; at += VECTOR) v128.store(to + at, v128.load(from + at));
    for (; at < end; at += FLOAT) store<f32>(to + at, load<f32>(from + at));
}
