/** @file The loops over pixels and a memory for them, as Python has it. */

import { readFileSync } from 'node:fs';

import { startPixelLoops } from '../../extension/python/pixel_loops.js';

const code = readFileSync(new URL('../../extension/python/pixel_loops.wasm', import.meta.url));
const memory = new WebAssembly.Memory({ initial: 8 });
export const loops = startPixelLoops(new WebAssembly.Module(code), memory);
export const round = Math.fround;

/** A small generator, so that a failure comes again. */
export function numbers(seed) {
    let state = seed;
    return () => {
        state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
        return state / 2 ** 32;
    };
}

/** Python's allocator, as far as it is needed: arrays one after the other. */
export function arrays() {
    let at = 1024;
    return (Type, length, make = () => 0) => {
        at = Math.ceil(at / 16) * 16;
        const array = new Type(memory.buffer, at, length).map((_, index) => make(index));
        const kept = new Type(memory.buffer, at, length);
        kept.set(array);
        at += kept.byteLength;
        return kept;
    };
}

export const addresses = (...views) => views.map(({ byteOffset }) => byteOffset);
/** Emptiness, fullness and softness in stretches, as in a matte. */
export const matte = (next) => {
    let value = 0;
    return () => {
        if (next() < 0.1) value = [0, 255, Math.floor(next() * 256)][Math.floor(next() * 3)];
        return value;
    };
};
