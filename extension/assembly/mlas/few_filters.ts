/**
 * @file Convolutions of 3 x 3 with few filters, as networks end with, as plain sums.
 *
 * MLAS copies each number of the input nine times and multiplies it by hardly anything. Here two
 * rows of the output grow plane by plane, so that what is read lies in one piece.
 */

import { copyPaddedRow } from './padded_rows';
import {
    DEPTH,
    FILTER_COUNT,
    INPUT_SHAPE,
    leastOf,
    OUTPUT_SHAPE,
    OUTPUT_SIZE,
    TAPS,
} from './parameters';
import { free, malloc } from './published';
import { FLOAT, VECTOR } from './tiles';

/** Rows of the input that two rows of the output are made of. */
const ROWS: usize = 4;

/**
 * Make some rows of all planes of the output, with stride and dilation 1.
 *
 * @param first  Row of the output; `end` is the one after the last.
 * @returns  False if there is no memory.
 */
export function convolveToFew(
    parameters: usize,
    input: usize,
    filter: usize,
    bias: usize,
    output: usize,
    first: usize,
    end: usize,
): bool {
    const depth = <usize>load<u32>(parameters, DEPTH) / TAPS;
    const filters = <usize>load<u32>(parameters, FILTER_COUNT);
    const size = <usize>load<u32>(parameters, OUTPUT_SIZE);
    const columns = <usize>load<u32>(parameters, OUTPUT_SHAPE + FLOAT);
    const inputRows = <usize>load<u32>(parameters, INPUT_SHAPE);
    const planeBytes = inputRows * <usize>load<u32>(parameters, INPUT_SHAPE + FLOAT) * FLOAT;
    const least = leastOf(parameters);
    const sumBytes = ((columns * FLOAT + VECTOR - 1) / VECTOR) * VECTOR;
    const rowBytes = sumBytes + VECTOR;
    const room = malloc(ROWS * rowBytes + 2 * sumBytes);
    if (room === 0) return false;
    const sums = room + ROWS * rowBytes;
    for (let each: usize = 0; each < filters; each++) {
        const added: f32 = bias ? load<f32>(bias + each * FLOAT) : 0;
        const weights = filter + each * depth * TAPS * FLOAT;
        for (let row = first; row < end; row += 2) {
            for (let at: usize = 0; at < 2 * sumBytes; at += VECTOR) {
                v128.store(sums + at, f32x4.splat(added));
            }
            for (let plane: usize = 0; plane < depth; plane++) {
                const from = input + plane * planeBytes;
                for (let y: usize = 0; y < ROWS; y++) {
                    copyPaddedRow(parameters, from, row + y, room + y * rowBytes, rowBytes);
                }
                addPlane(weights + plane * TAPS * FLOAT, room, rowBytes, sums, sumBytes);
            }
            const to = output + (each * size + row * columns) * FLOAT;
            giveRow(sums, columns, least, to);
            if (row + 1 < end) giveRow(sums + sumBytes, columns, least, to + columns * FLOAT);
        }
    }
    free(room);
    return true;
}

/** Add what one plane gives to two rows of the output. */
function addPlane(
    weights: usize,
    rows: usize,
    rowBytes: usize,
    sums: usize,
    sumBytes: usize,
): void {
    const w0 = v128.load32_splat(weights);
    const w1 = v128.load32_splat(weights, FLOAT);
    const w2 = v128.load32_splat(weights, 2 * FLOAT);
    const w3 = v128.load32_splat(weights, 3 * FLOAT);
    const w4 = v128.load32_splat(weights, 4 * FLOAT);
    const w5 = v128.load32_splat(weights, 5 * FLOAT);
    const w6 = v128.load32_splat(weights, 6 * FLOAT);
    const w7 = v128.load32_splat(weights, 7 * FLOAT);
    const w8 = v128.load32_splat(weights, 8 * FLOAT);
    for (let at: usize = 0; at < sumBytes; at += VECTOR) {
        let upper = v128.load(sums + at);
        let lower = v128.load(sums + sumBytes + at);
        let from = rows + at;
        upper = addThree(upper, from, w0, w1, w2);
        from += rowBytes;
        upper = addThree(upper, from, w3, w4, w5);
        lower = addThree(lower, from, w0, w1, w2);
        from += rowBytes;
        upper = addThree(upper, from, w6, w7, w8);
        lower = addThree(lower, from, w3, w4, w5);
        from += rowBytes;
        lower = addThree(lower, from, w6, w7, w8);
        v128.store(sums + at, upper);
        v128.store(sums + sumBytes + at, lower);
    }
}

// @ts-ignore: a decorator of AssemblyScript
@inline
function addThree(sum: v128, from: usize, left: v128, middle: v128, right: v128): v128 {
    const one = f32x4.relaxed_madd(left, v128.load(from), sum);
    const two = f32x4.relaxed_madd(middle, v128.load(from, FLOAT), one);
    return f32x4.relaxed_madd(right, v128.load(from, 2 * FLOAT), two);
}

function giveRow(sums: usize, columns: usize, least: f32, to: usize): void {
    for (let column: usize = 0; column < columns; column++) {
        store<f32>(to + column * FLOAT, max(load<f32>(sums + column * FLOAT), least));
    }
}
