/**
 * @file Matrix products of six rows at once, or four, with fused multiply-adds.
 *
 * Nearly all of a network's time goes into one function of MLAS, onnxruntime's library of kernels
 * (SgemmKernelWasmSimd.cpp), in two variants. It takes two rows at once and multiplies and adds in
 * two instructions, because the published build uses only the first set of WebAssembly's vector
 * instructions. Six rows of eight columns are as many sums as the sixteen vector registers of an
 * x86-64 processor hold beside their factors. What is left over, fewer rows or columns, is done by
 * the published functions.
 *
 * The fused multiply-add is one of WebAssembly's relaxed instructions: where the processor has
 * none, the browser multiplies and adds, and the last bit of the product may differ.
 *
 * Biome does not read this file: it knows no decorators on functions, which inlining needs here.
 */

import { publishedMultiply, publishedMultiplyAdd } from './published';
import { FLOAT, VECTOR } from './tiles';

/** Columns of B in a panel, row by row; the last panel is filled up with zeros. */
const COLUMNS: usize = 16;
const PANEL_ROW: usize = COLUMNS * FLOAT;
/** Bytes of the columns that are summed up at once. */
const BLOCK: usize = 2 * VECTOR;

/**
 * Take the place of `MlasSgemmKernelZero`: some rows of C = alpha * A * B.
 *
 * @param a  float32, row by row.
 * @param b  float32; panels of 16 columns, each row by row.
 * @param c  float32, row by row.
 * @param depth  Columns of A, which are the rows of B.
 * @param rows  How many are left to do, at least one.
 * @param aStep  Floats from row to row of A; `cStep` of C.
 * @returns  How many rows were done, at least one.
 */
export function multiply(
    a: usize,
    b: usize,
    c: usize,
    depth: usize,
    rows: usize,
    columns: usize,
    aStep: usize,
    cStep: usize,
    alpha: f32,
): usize {
    if (rows >= 6) return multiplyRows(6, false, a, b, c, depth, columns, aStep, cStep, alpha);
    if (rows >= 4) return multiplyRows(4, false, a, b, c, depth, columns, aStep, cStep, alpha);
    return publishedMultiply(a, b, c, depth, rows, columns, aStep, cStep, alpha);
}

/** Take the place of `MlasSgemmKernelAdd`, which adds to what C holds: C += alpha * A * B. */
export function multiplyAdd(
    a: usize,
    b: usize,
    c: usize,
    depth: usize,
    rows: usize,
    columns: usize,
    aStep: usize,
    cStep: usize,
    alpha: f32,
): usize {
    if (rows >= 6) return multiplyRows(6, true, a, b, c, depth, columns, aStep, cStep, alpha);
    if (rows >= 4) return multiplyRows(4, true, a, b, c, depth, columns, aStep, cStep, alpha);
    return publishedMultiplyAdd(a, b, c, depth, rows, columns, aStep, cStep, alpha);
}

/** `rows` (6 or 4) and `adds` are constants: the compiler makes four functions of this. */
// @ts-ignore: a decorator of AssemblyScript
@inline
function multiplyRows(
    rows: usize,
    adds: bool,
    a: usize,
    b: usize,
    c: usize,
    depth: usize,
    columns: usize,
    aStep: usize,
    cStep: usize,
    alpha: f32,
): usize {
    for (; columns >= COLUMNS; columns -= COLUMNS) {
        multiplyBlock(rows, adds, a, b, c, depth, aStep * FLOAT, cStep * FLOAT, alpha);
        const right = b + BLOCK;
        multiplyBlock(rows, adds, a, right, c + BLOCK, depth, aStep * FLOAT, cStep * FLOAT, alpha);
        b += depth * PANEL_ROW;
        c += PANEL_ROW;
    }
    if (columns === 0) return rows;
    for (let done: usize = 0; done < rows; ) {
        const from = a + done * aStep * FLOAT;
        const to = c + done * cStep * FLOAT;
        const left = rows - done;
        done += adds
            ? publishedMultiplyAdd(from, b, to, depth, left, columns, aStep, cStep, alpha)
            : publishedMultiply(from, b, to, depth, left, columns, aStep, cStep, alpha);
    }
    return rows;
}

/** Make eight columns of C in some rows. */
// @ts-ignore: a decorator of AssemblyScript
@inline
function multiplyBlock(
    rows: usize,
    adds: bool,
    a: usize,
    b: usize,
    c: usize,
    depth: usize,
    aStep: usize,
    cStep: usize,
    alpha: f32,
): void {
    let left0 = f32x4.splat(0);
    let right0 = f32x4.splat(0);
    let left1 = f32x4.splat(0);
    let right1 = f32x4.splat(0);
    let left2 = f32x4.splat(0);
    let right2 = f32x4.splat(0);
    let left3 = f32x4.splat(0);
    let right3 = f32x4.splat(0);
    let left4 = f32x4.splat(0);
    let right4 = f32x4.splat(0);
    let left5 = f32x4.splat(0);
    let right5 = f32x4.splat(0);
    let a0 = a;
    let a1 = a0 + aStep;
    let a2 = a1 + aStep;
    let a3 = a2 + aStep;
    let a4 = a3 + aStep;
    let a5 = a4 + aStep;
    for (; depth > 0; depth--) {
        const left = v128.load(b);
        const right = v128.load(b, VECTOR);
        const row0 = v128.load32_splat(a0);
        left0 = f32x4.relaxed_madd(row0, left, left0);
        right0 = f32x4.relaxed_madd(row0, right, right0);
        const row1 = v128.load32_splat(a1);
        left1 = f32x4.relaxed_madd(row1, left, left1);
        right1 = f32x4.relaxed_madd(row1, right, right1);
        const row2 = v128.load32_splat(a2);
        left2 = f32x4.relaxed_madd(row2, left, left2);
        right2 = f32x4.relaxed_madd(row2, right, right2);
        const row3 = v128.load32_splat(a3);
        left3 = f32x4.relaxed_madd(row3, left, left3);
        right3 = f32x4.relaxed_madd(row3, right, right3);
        if (rows > 4) {
            const row4 = v128.load32_splat(a4);
            left4 = f32x4.relaxed_madd(row4, left, left4);
            right4 = f32x4.relaxed_madd(row4, right, right4);
            const row5 = v128.load32_splat(a5);
            left5 = f32x4.relaxed_madd(row5, left, left5);
            right5 = f32x4.relaxed_madd(row5, right, right5);
        }
        a0 += FLOAT;
        a1 += FLOAT;
        a2 += FLOAT;
        a3 += FLOAT;
        if (rows > 4) {
            a4 += FLOAT;
            a5 += FLOAT;
        }
        b += PANEL_ROW;
    }
    const scale = f32x4.splat(alpha);
    giveRow(adds, c, left0, right0, scale);
    giveRow(adds, c + cStep, left1, right1, scale);
    giveRow(adds, c + 2 * cStep, left2, right2, scale);
    giveRow(adds, c + 3 * cStep, left3, right3, scale);
    if (rows > 4) {
        giveRow(adds, c + 4 * cStep, left4, right4, scale);
        giveRow(adds, c + 5 * cStep, left5, right5, scale);
    }
}

// @ts-ignore: a decorator of AssemblyScript
@inline
function giveRow(adds: bool, to: usize, left: v128, right: v128, scale: v128): void {
    left = f32x4.mul(left, scale);
    right = f32x4.mul(right, scale);
    v128.store(to, adds ? f32x4.add(left, v128.load(to)) : left);
    v128.store(to, adds ? f32x4.add(right, v128.load(to, VECTOR)) : right, VECTOR);
}
