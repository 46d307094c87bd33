/**
 * @file Whether a model may run on the graphics card, from what both made of the test picture.
 *
 * Decides: how equal the mattes and how much faster it must be.
 *
 * Two runs on the card are compared with each other as well: of some exports the mattes are right
 * on one card and change from run to run on another.
 */

import { compare } from './test_picture.js';

/** Bounds of the difference of two mattes: its mean, and all but a thousandth. */
const AGREEMENT = Object.freeze({ mean: 2 / 255, far: 16 / 255 });
/** The darkest and the lightest of a matte that tells anything. */
const CONTRAST = 0.5;
/** Share of WebAssembly's time that WebGPU may take; below it, a change is worth it. */
const WORTH = 0.8;

/** @typedef {import('../messages/worker_types.js').ModelOutput} ModelOutput */

/**
 * @param {import('../messages/model_types.js').ModelEntry} entry
 * @param {object} runs
 * @param {[ModelOutput, ModelOutput]} runs.onGpu  Of the same picture.
 * @param {ModelOutput} runs.reference  WebAssembly's.
 * @param {number} runs.gpuMs
 * @param {number} runs.wasmMs
 * @returns {import('../messages/model_types.js').GpuFinding}
 */
export function judgeGpu(entry, { onGpu: [first, second], reference, gpuMs, wasmMs }) {
    const finding = (/** @type {any} */ outcome, /** @type {number} */ difference) =>
        Object.freeze({ outcome, difference, gpuMs, wasmMs });
    const repeated = compare(entry, first, second);
    if (!isSame(repeated)) return finding('unsteady', repeated.mean);
    const { contrast, ...difference } = compare(entry, second, reference);
    if (contrast < CONTRAST) return finding('blank', difference.mean);
    if (!isSame(difference)) return finding('differs', difference.mean);
    return finding(gpuMs < WORTH * wasmMs ? 'faster' : 'slower', difference.mean);
}

/** @param {{ mean: number, far: number }} difference */
function isSame({ mean, far }) {
    return mean < AGREEMENT.mean && far < AGREEMENT.far;
}
