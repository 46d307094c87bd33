/** @file Reads, walks and writes WebAssembly with binaryen, whose C interface has no such walk. */

import { readFileSync, writeFileSync } from 'node:fs';

import binaryen from '../../../extension/node_modules/binaryen/index.js';

/** @typedef {import('../../../extension/node_modules/binaryen/index.js').default.Module} Module */

const { Features } = binaryen;
/** What the modules use and we add. All of binaryen's would change how untouched types are written. */
const FEATURES =
    Features.Atomics |
    Features.BulkMemory |
    Features.BulkMemoryOpt |
    Features.ExceptionHandling |
    Features.Multivalue |
    Features.MutableGlobals |
    Features.NontrappingFPToInt |
    Features.ReferenceTypes |
    Features.RelaxedSIMD |
    Features.SignExt |
    Features.SIMD128;

/** By kind of expression, the properties that are expressions themselves. A kind not here has none. */
const CHILD = {
    AtomicCmpxchg: ['Ptr', 'Expected', 'Replacement'],
    AtomicNotify: ['Ptr', 'NotifyCount'],
    AtomicRMW: ['Ptr', 'Value'],
    AtomicWait: ['Ptr', 'Expected', 'Timeout'],
    Binary: ['Left', 'Right'],
    Break: ['Condition', 'Value'],
    CallIndirect: ['Target'],
    Drop: ['Value'],
    GlobalSet: ['Value'],
    If: ['Condition', 'IfTrue', 'IfFalse'],
    Load: ['Ptr'],
    LocalSet: ['Value'],
    Loop: ['Body'],
    MemoryCopy: ['Dest', 'Source', 'Size'],
    MemoryFill: ['Dest', 'Value', 'Size'],
    MemoryGrow: ['Delta'],
    Return: ['Value'],
    Select: ['IfTrue', 'IfFalse', 'Condition'],
    SIMDExtract: ['Vec'],
    SIMDLoad: ['Ptr'],
    SIMDLoadStoreLane: ['Ptr', 'Vec'],
    SIMDReplace: ['Vec', 'Value'],
    SIMDShift: ['Vec', 'Shift'],
    SIMDShuffle: ['Left', 'Right'],
    SIMDTernary: ['A', 'B', 'C'],
    Store: ['Ptr', 'Value'],
    Switch: ['Condition', 'Value'],
    Unary: ['Value'],
};
/** The same for lists of them. */
const CHILDREN = { Block: 'Child', Call: 'Operand', CallIndirect: 'Operand' };
const LEAVES = [
    'AtomicFence',
    'Const',
    'GlobalGet',
    'LocalGet',
    'MemorySize',
    'Nop',
    'Unreachable',
];
const LISTS = { Child: 'Children', Operand: 'Operands' };

const KINDS = new Map(
    [...LEAVES, ...Object.keys(CHILD), ...Object.keys(CHILDREN)].map((kind) => [
        binaryen.ExpressionIds[kind],
        kind,
    ]),
);

/**
 * Read a module.
 *
 * @param {string} path
 * @returns {Module}
 */
export function readModule(path) {
    return binaryen.readBinaryWithFeatures(readFileSync(path), FEATURES);
}

/**
 * Check a module and write it; functions that were not changed keep their instructions.
 *
 * @param {Module} module
 * @param {string} path
 */
export function writeModule(module, path) {
    if (!module.validate()) throw new Error('the changed module is not valid');
    // binaryen keeps a value that waits on the stack in a new variable. This removes it again.
    binaryen.setOptimizeLevel(3);
    binaryen.setShrinkLevel(0);
    binaryen.setGenerateStackIR(true);
    binaryen.setOptimizeStackIR(true);
    writeFileSync(path, module.emitBinary());
}

/**
 * Change an expression and all that it is made of, from the inside out.
 *
 * @param {number} expression
 * @param {(expression: number, kind: string) => number} change  Gives what takes its place.
 * @returns {number}
 */
export function rewrite(expression, change) {
    const kind = KINDS.get(binaryen.getExpressionId(expression));
    if (!kind) throw new Error(`an expression of kind ${binaryen.getExpressionId(expression)}`);
    const wrapper = binaryen[kind];
    for (const property of CHILD[kind] ?? []) {
        const child = wrapper[`get${property}`](expression);
        const changed = child && rewrite(child, change);
        if (changed !== child) wrapper[`set${property}`](expression, changed);
    }
    const item = CHILDREN[kind];
    const children = item ? wrapper[`get${LISTS[item]}`](expression) : [];
    for (const [index, child] of children.entries()) {
        const changed = rewrite(child, change);
        if (changed !== child) wrapper[`set${item}At`](expression, index, changed);
    }
    return change(expression, kind);
}
