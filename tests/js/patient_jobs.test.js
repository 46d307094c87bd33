/**
 * @file Jobs whose cut-out is wanted once: they wait for the better result of "auto" where it is
 * expected to be in time, and always have one in the end.
 */

import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { offcutError } from '../../extension/messages/failure.js';
import { CUT_OUT, PICTURE, pass, QUICK_MODELS, settle, setUp, tearDown } from './engine_fakes.js';
import { begin, beginDone } from './engine_rig.js';

beforeEach(setUp);
afterEach(tearDown);

const AUTO = { options: { quality: 'auto' } };

test('a patient job gives the better one at once', async () => {
    const { runs, page } = await beginDone(QUICK_MODELS, { ...AUTO, isPatient: true });
    assert.deepEqual(
        runs.map(({ key }) => key),
        ['a/best/'],
    );
    assert.equal(page.last().quality, 'best');
});

test('a patient job whose better result fails gives the quick one', async () => {
    const { open, connect, runs, log } = begin(QUICK_MODELS);
    open('a', { source: PICTURE, ...AUTO, isPatient: true });
    const page = connect('job:a');
    await settle();
    runs[0].reject(offcutError('SESSION_FAILED', 'inference', 'too large'));
    await settle();
    assert.ok(log.includes('stop'));
    assert.equal(runs[1].key, 'a/fast/');
    runs[1].resolve(CUT_OUT);
    await pass(100);
    assert.deepEqual([page.last().state, page.last().quality], ['done', 'fast']);
});

test('a patient job whose picture is no picture fails once', async () => {
    const { open, connect, runs } = begin(QUICK_MODELS);
    open('a', { source: PICTURE, ...AUTO, isPatient: true });
    const page = connect('job:a');
    await settle();
    runs[0].reject(offcutError('DECODE_FAILED', 'decode', 'no picture'));
    await pass(100);
    assert.equal(runs.length, 1);
    assert.equal(page.last().failure.code, 'DECODE_FAILED');
});

test('a patient job learns by the quick result whether there is time for the better one', async () => {
    let isKnown = false;
    const models = {
        ...QUICK_MODELS,
        chooseBetter: (/** @type {any} */ options) =>
            isKnown ? QUICK_MODELS.chooseBetter(options) : Promise.resolve(null),
    };
    const { open, connect, runs } = begin(models);
    open('a', { source: PICTURE, ...AUTO, isPatient: true });
    const page = connect('job:a');
    await settle();
    isKnown = true;
    runs[0].resolve(CUT_OUT);
    await settle();
    assert.deepEqual([runs[1].key, runs[1].quick], ['a/best/', 'a/fast/']);
    runs[1].reject(offcutError('OUT_OF_MEMORY', 'inference', 'full'));
    await pass(100);
    assert.deepEqual([page.last().state, page.last().cutout.blob.size], ['done', 3]);
});

for (const shown of /** @type {const} */ (['fast', 'best'])) {
    test(`a picture that was seen as "${shown}" is made as that again`, async () => {
        const isQuickToday = shown === 'fast';
        const chooseBetter = isQuickToday ? QUICK_MODELS.chooseBetter : () => Promise.resolve(null);
        const models = { ...QUICK_MODELS, chooseBetter };
        const { runs, page } = await beginDone(models, { ...AUTO, isPatient: true, shown });
        assert.deepEqual(
            runs.map(({ key }) => key),
            [`a/${shown}/`],
        );
        assert.equal(page.last().quality, shown);
    });
}
