/**
 * @file Whether a model may run on the graphics card, by what both made of the test picture.
 */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judgeGpu } from '../../extension/engine/gpu_verdict.js';

/** @type {any} */
const ENTRY = { output: { activation: 'none' } };

/** @param {number[]} values  A matte. */
const matte = (...values) => ({ dims: [1, 1, 1, values.length], data: Float32Array.from(values) });

const SAME = matte(0, 0, 1, 1);
const NEAR = matte(0.001, 0, 1, 1);
const OTHER = matte(0, 1, 1, 1);
const BLANK = matte(0, 0, 0, 0);

/**
 * @param {[ReturnType<typeof matte>, ReturnType<typeof matte>]} onGpu
 * @param {ReturnType<typeof matte>} reference
 */
const outcome = (onGpu, reference, gpuMs = 10, wasmMs = 100) =>
    judgeGpu(ENTRY, { onGpu, reference, gpuMs, wasmMs }).outcome;

test('the card is used where it gives the same matte twice, sooner', () => {
    assert.equal(outcome([SAME, NEAR], SAME), 'faster');
    assert.equal(outcome([SAME, NEAR], SAME, 90), 'slower');
});

test('a card whose second matte is another one is not used, whichever of the two is right', () => {
    assert.equal(outcome([OTHER, SAME], SAME), 'unsteady');
    assert.equal(outcome([SAME, OTHER], SAME), 'unsteady');
    assert.equal(outcome([BLANK, SAME], SAME), 'unsteady');
    assert.equal(
        judgeGpu(ENTRY, { onGpu: [OTHER, SAME], reference: SAME, gpuMs: 1, wasmMs: 9 }).difference,
        0.25,
    );
});

test('a card that gives the same wrong matte twice is not used', () => {
    assert.equal(outcome([OTHER, OTHER], SAME), 'differs');
    assert.equal(outcome([BLANK, BLANK], BLANK), 'blank');
});
