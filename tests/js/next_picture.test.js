/** @file Which job is begun ahead of its turn, while the network works for the one before. */

import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { CUT_OUT, PICTURE, pass, settle, setUp, tearDown } from './engine_fakes.js';
import { begin } from './engine_rig.js';

beforeEach(setUp);
afterEach(tearDown);

const FAST = { options: { quality: 'fast' } };

/**
 * A job `a` that the network works for, and a job `b` after it.
 *
 * @param {object} first
 * @param {object} second
 */
async function beginTwo(first, second) {
    const all = begin();
    all.open('a', { source: PICTURE, ...first });
    all.open('b', { source: PICTURE, ...second });
    all.connect('job:a');
    const page = all.connect('job:b');
    await settle();
    return { ...all, page };
}

test('a job that is asked for alike is begun, letter for letter as it will run', async () => {
    const { workers, runs, prepared } = await beginTwo(FAST, FAST);
    workers.onNetwork(runs[0].request);
    await settle();
    assert.equal(prepared.length, 1);
    runs[0].resolve(CUT_OUT);
    await pass(100);
    assert.equal(runs[1].request, prepared[0]);
    assert.equal(runs[1].key, 'b/fast/');
});

test('a job that is asked for otherwise is not', async () => {
    const { workers, runs, prepared } = await beginTwo(FAST, {
        options: { quality: 'fast', crop: true },
    });
    workers.onNetwork(runs[0].request);
    await settle();
    assert.deepEqual(prepared, []);
});

test('a job that is cancelled while its bytes are read is not', async () => {
    const { workers, runs, prepared, page } = await beginTwo(FAST, FAST);
    workers.onNetwork(runs[0].request);
    page.say({ type: 'job.cancel' });
    await settle();
    assert.deepEqual(prepared, []);
});

test('nothing is begun while a better result is made of a quick one', async () => {
    const { workers, runs, prepared } = await beginTwo(FAST, FAST);
    workers.onNetwork(JSON.stringify({ ...JSON.parse(runs[0].request), quick: 'a/fast/' }));
    await settle();
    assert.deepEqual(prepared, []);
});
