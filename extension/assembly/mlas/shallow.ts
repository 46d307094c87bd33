/**
 * @file Convolutions of 3 x 3 of few planes, as networks begin with, row by row as matrices.
 *
 * Winograd's way has more to do before and after its products than in them here.
 */

import { COLUMNS, multiplyAll, PANEL_ROW } from './matrix';
import { copyPaddedRow } from './padded_rows';
import {
    DEPTH,
    FILTER_COUNT,
    INPUT_SHAPE,
    leastOf,
    OUTPUT_SHAPE,
    OUTPUT_SIZE,
    STRIDE,
    TAPS,
} from './parameters';
import { free, malloc } from './published';
import { FLOAT, VECTOR } from './tiles';

/**
 * Make some rows of all planes of the output, with stride 1 or 2 and dilation 1.
 *
 * @param first  Row of the output; `end` is the one after the last.
 * @returns  False if there is no memory.
 */
export function convolveShallow(
    parameters: usize,
    input: usize,
    filter: usize,
    bias: usize,
    output: usize,
    first: usize,
    end: usize,
): bool {
    const taps = <usize>load<u32>(parameters, DEPTH);
    const filters = <usize>load<u32>(parameters, FILTER_COUNT);
    const size = <usize>load<u32>(parameters, OUTPUT_SIZE);
    const columns = <usize>load<u32>(parameters, OUTPUT_SHAPE + FLOAT);
    const stride = <usize>load<u32>(parameters, STRIDE);
    const inputRows = <usize>load<u32>(parameters, INPUT_SHAPE);
    const planeBytes = inputRows * <usize>load<u32>(parameters, INPUT_SHAPE + FLOAT) * FLOAT;
    const least = leastOf(parameters);
    const panels = (columns + COLUMNS - 1) / COLUMNS;
    const rowBytes = panels * PANEL_ROW * stride + 2 * VECTOR;
    const copied = (taps / 3) * rowBytes;
    const room = malloc(copied + panels * taps * PANEL_ROW);
    if (room === 0) return false;
    const matrix = room + copied;
    for (let row = first; row < end; row++) {
        for (let line: usize = 0; line < taps / 3; line++) {
            const plane = input + (line / 3) * planeBytes;
            const to = room + line * rowBytes;
            copyPaddedRow(parameters, plane, row * stride + (line % 3), to, rowBytes);
        }
        for (let panel: usize = 0; panel < panels; panel++) {
            let to = matrix + panel * taps * PANEL_ROW;
            for (let tap: usize = 0; tap < taps; tap++) {
                const line = room + (tap / 3) * rowBytes;
                const from = line + panel * PANEL_ROW * stride + (tap % 3) * FLOAT;
                if (stride === 1) copySixteen(from, to);
                else copyEverySecond(from, to);
                to += PANEL_ROW;
            }
        }
        const to = output + row * columns * FLOAT;
        multiplyAll(filter, matrix, to, taps, filters, columns, size);
        for (let each: usize = 0; each < filters; each++) {
            const added: f32 = bias ? load<f32>(bias + each * FLOAT) : 0;
            finishRow(to + each * size * FLOAT, columns, added, least);
        }
    }
    free(room);
    return true;
}

// @ts-ignore: a decorator of AssemblyScript
@inline
function copySixteen(from: usize, to: usize): void {
    v128.store(to, v128.load(from));
    v128.store(to, v128.load(from, VECTOR), VECTOR);
    v128.store(to, v128.load(from, 2 * VECTOR), 2 * VECTOR);
    v128.store(to, v128.load(from, 3 * VECTOR), 3 * VECTOR);
}

// @ts-ignore: a decorator of AssemblyScript
@inline
function copyEverySecond(from: usize, to: usize): void {
    for (let at: usize = 0; at < PANEL_ROW; at += VECTOR) {
        const left = v128.load(from + 2 * at);
        const right = v128.load(from + 2 * at, VECTOR);
        v128.store(to + at, v128.shuffle<f32>(left, right, 0, 2, 4, 6));
    }
}

/** Add to a row, and raise what is less than `least`. */
function finishRow(row: usize, columns: usize, added: f32, least: f32): void {
    let column: usize = 0;
    for (; column + 4 <= columns; column += 4) {
        const at = row + column * FLOAT;
        const sum = f32x4.add(v128.load(at), f32x4.splat(added));
        v128.store(at, f32x4.pmax(sum, f32x4.splat(least)));
    }
    for (; column < columns; column++) {
        const at = row + column * FLOAT;
        store<f32>(at, max(load<f32>(at) + added, least));
    }
}
