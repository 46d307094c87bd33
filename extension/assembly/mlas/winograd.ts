/**
 * @file Convolutions with 3 x 3 filters in a quarter of the multiplications.
 *
 * MLAS, onnxruntime's library of kernels, copies each number of the input nine times and multiplies
 * matrices. Here 4 x 4 numbers of the output are made at once, of 36 products instead of 144:
 * A. Lavin and S. Gray, "Fast Algorithms for Convolutional Neural Networks", 2016, F(4 x 4, 3 x 3).
 */

import { transformFilters } from './filters';
import { multiply } from './matrix';
import {
    DEPTH,
    INPUT_SHAPE,
    leastOf,
    OUTPUT_SHAPE,
    OUTPUT_SIZE,
    PADDING,
    TAPS,
} from './parameters';
import { free, malloc } from './published';
import { ACROSS, DOWN, FLOAT, NEEDED, transformInput, transformOutput, VECTOR } from './tiles';

const MATRICES: usize = 36;
/** Bytes that keep the same places of the 36 matrices out of the same lines of the cache. */
const APART: usize = 64;
/** Times four tiles in a panel. */
export const PANEL: usize = 4;
/** Bytes of transformed filters that are kept at once, and of tiles with their products. */
const MOST_FILTERS: usize = 1 << 23;
const MOST_TILES: usize = 1 << 19;
const MOST_PANELS: usize = 4;
const SCRATCH: usize = 64 * VECTOR;

/** How many times four tiles there are. */
export function countFours(parameters: usize): usize {
    const rows = <usize>load<u32>(parameters, OUTPUT_SHAPE);
    const columns = <usize>load<u32>(parameters, OUTPUT_SHAPE + FLOAT);
    return ((rows + DOWN - 1) / DOWN) * ((columns + ACROSS - 1) / ACROSS);
}

/** Make the planes of some filters, or a part of them; false if there is no memory. */
export function convolveByTiles(
    parameters: usize,
    input: usize,
    filter: usize,
    bias: usize,
    output: usize,
    firstFilter: usize,
    endFilter: usize,
    first: usize,
    end: usize,
): bool {
    const depth = <usize>load<u32>(parameters, DEPTH) / TAPS;
    const size = <usize>load<u32>(parameters, OUTPUT_SIZE);
    const filterBytes = MATRICES * depth * FLOAT;
    const atOnce = max(min(endFilter - firstFilter, MOST_FILTERS / filterBytes), 1);
    const perPanel = MATRICES * (depth + atOnce) * PANEL * VECTOR;
    const fit = min(max(MOST_TILES / perPanel, 1), MOST_PANELS);
    const panels = min(fit, (end - first + PANEL - 1) / PANEL);
    const filterStep = atOnce * depth * FLOAT + APART;
    const tileStep = panels * depth * PANEL * VECTOR + APART;
    const productStep = panels * atOnce * PANEL * VECTOR + APART;
    const room = malloc(SCRATCH + MATRICES * (filterStep + tileStep + productStep));
    if (room === 0) return false;
    const filters = room + SCRATCH;
    const tiles = filters + MATRICES * filterStep;
    const products = tiles + MATRICES * tileStep;
    for (let some = firstFilter; some < endFilter; some += atOnce) {
        const rows = min(atOnce, endFilter - some);
        const place = filter + some * depth * TAPS * FLOAT;
        transformFilters(place, rows, depth, filters, filterStep, room);
        for (let at = first; at < end; at += panels * PANEL) {
            const fours = min(panels * PANEL, end - at);
            const used = (fours + PANEL - 1) / PANEL;
            takeTiles(parameters, input, at, fours, depth, tiles, tileStep, room);
            for (let matrix: usize = 0; matrix < MATRICES; matrix++) {
                multiplyRows(
                    filters + matrix * filterStep,
                    tiles + matrix * tileStep,
                    products + matrix * productStep,
                    depth,
                    rows,
                    used * PANEL * 4,
                    panels * PANEL * 4,
                );
            }
            const to = output + some * size * FLOAT;
            const added = bias ? bias + some * FLOAT : 0;
            const each = panels * PANEL * VECTOR;
            giveTiles(parameters, products, productStep, each, at, fours, rows, added, to, room);
        }
    }
    free(room);
    return true;
}

/** Put some times four tiles of all planes of the input into the matrices. */
function takeTiles(
    parameters: usize,
    input: usize,
    first: usize,
    count: usize,
    depth: usize,
    tiles: usize,
    step: usize,
    scratch: usize,
): void {
    const rows = <isize>load<i32>(parameters, INPUT_SHAPE);
    const columns = <isize>load<i32>(parameters, INPUT_SHAPE + FLOAT);
    const above = <isize>load<i32>(parameters, PADDING);
    const left = <isize>load<i32>(parameters, PADDING + FLOAT);
    const across = (<usize>load<u32>(parameters, OUTPUT_SHAPE + FLOAT) + ACROSS - 1) / ACROSS;
    const planeBytes = <usize>(rows * columns) * FLOAT;
    const rowBytes = <usize>columns * FLOAT;
    const patch = scratch + 32 * VECTOR;
    for (let four: usize = 0; four < count; four++) {
        const at = first + four;
        const row = <isize>((at / across) * DOWN) - above;
        const column = <isize>((at % across) * ACROSS) - left;
        const panel = four / PANEL;
        let to = tiles + (panel * depth * PANEL + (four % PANEL)) * VECTOR;
        let plane = input;
        const isWithin =
            row >= 0 && row + 6 <= rows && column >= 0 && column + <isize>NEEDED <= columns;
        if (isWithin) {
            plane += (row * columns + column) * FLOAT;
            for (let each: usize = 0; each < depth; each++) {
                transformInput(plane, rowBytes, scratch, to, step);
                plane += planeBytes;
                to += PANEL * VECTOR;
            }
        } else {
            for (let each: usize = 0; each < depth; each++) {
                copyPadded(plane, rows, columns, row, column, patch);
                transformInput(patch, NEEDED * FLOAT, scratch, to, step);
                plane += planeBytes;
                to += PANEL * VECTOR;
            }
        }
    }
}

/** Copy 6 rows of 20 numbers; what lies outside of the plane is zero. */
function copyPadded(
    plane: usize,
    rows: isize,
    columns: isize,
    row: isize,
    column: isize,
    target: usize,
): void {
    const from = max(-column, 0);
    const end = min(columns - column, <isize>NEEDED);
    for (let y: isize = 0; y < 6; y++) {
        const to = target + y * NEEDED * FLOAT;
        for (let at: usize = 0; at < NEEDED * FLOAT; at += VECTOR) {
            v128.store(to + at, f32x4.splat(0));
        }
        if (row + y < 0 || row + y >= rows) continue;
        const source = plane + ((row + y) * columns + column) * FLOAT;
        for (let x = from; x < end; x++) {
            store<f32>(to + x * FLOAT, load<f32>(source + x * FLOAT));
        }
    }
}

/**
 * Make all rows of C = A * B.
 *
 * @param columns  Of B, which A's rows are multiplied with; `step` floats from row to row of C.
 */
function multiplyRows(
    a: usize,
    b: usize,
    c: usize,
    depth: usize,
    rows: usize,
    columns: usize,
    step: usize,
): void {
    for (let row: usize = 0; row < rows; ) {
        const from = a + row * depth * FLOAT;
        const to = c + row * step * FLOAT;
        row += multiply(from, b, to, depth, rows - row, columns, depth, step, 1);
    }
}

/** Make the output of some times four tiles of the products. */
function giveTiles(
    parameters: usize,
    products: usize,
    step: usize,
    each: usize,
    first: usize,
    count: usize,
    filters: usize,
    bias: usize,
    output: usize,
    scratch: usize,
): void {
    const least = leastOf(parameters);
    const rows = <usize>load<u32>(parameters, OUTPUT_SHAPE);
    const columns = <usize>load<u32>(parameters, OUTPUT_SHAPE + FLOAT);
    const across = (columns + ACROSS - 1) / ACROSS;
    const rowBytes = columns * FLOAT;
    const whole = scratch + 32 * VECTOR;
    for (let plane: usize = 0; plane < filters; plane++) {
        const added: f32 = bias ? load<f32>(bias + plane * FLOAT) : 0;
        const from = products + plane * each;
        const to = output + plane * rows * rowBytes;
        for (let four: usize = 0; four < count; four++) {
            const row = ((first + four) / across) * DOWN;
            const column = ((first + four) % across) * ACROSS;
            const source = from + four * VECTOR;
            const target = to + row * rowBytes + column * FLOAT;
            if (row + DOWN <= rows && column + ACROSS <= columns) {
                transformOutput(source, step, scratch, added, least, target, rowBytes);
            } else {
                transformOutput(source, step, scratch, added, least, whole, ACROSS * FLOAT);
                for (let y: usize = 0; y < min(DOWN, rows - row); y++) {
                    const end = min(ACROSS, columns - column) * FLOAT;
                    for (let at: usize = 0; at < end; at += FLOAT) {
                        const value = load<f32>(whole + y * ACROSS * FLOAT + at);
                        store<f32>(target + y * rowBytes + at, value);
                    }
                }
            }
        }
    }
}
