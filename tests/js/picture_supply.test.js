/**
 * @file Jobs that wait for their picture.
 */

import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { PictureSupply, SUPPLY_MS } from '../../extension/engine/picture_supply.js';
import { PICTURE, pass, setUp, tearDown } from './engine_fakes.js';

beforeEach(setUp);
afterEach(tearDown);

/** @param {AbortController} [cancel] */
function begin(cancel = new AbortController()) {
    const supply = new PictureSupply();
    /** @param {string} jobId @returns {Promise<any>} */
    const wait = (jobId) => supply.wait(jobId, cancel.signal).catch((error) => error.failure);
    return { supply, wait };
}

test('each job gets its own picture', async () => {
    const { supply, wait } = begin();
    const [a, b] = [wait('a'), wait('b')];
    const other = { kind: /** @type {const} */ ('url'), url: 'https://pictures.test/b.png' };
    supply.give('b', other);
    supply.give('a', /** @type {any} */ (PICTURE));
    assert.deepEqual([await a, await b], [PICTURE, other]);
});

test('the wait ends with the job', async () => {
    const cancel = new AbortController();
    const { wait } = begin(cancel);
    const waiting = wait('a');
    cancel.abort();
    assert.equal((await waiting).code, 'CANCELLED');
});

test('the wait ends with its time', async () => {
    const { wait } = begin();
    const waiting = wait('a');
    await pass(SUPPLY_MS);
    assert.equal((await waiting).code, 'TIMED_OUT');
});

test('a picture for a job that does not wait is of no consequence', () => {
    const { supply } = begin();
    supply.give('a', /** @type {any} */ (PICTURE));
    supply.fail('a', { code: 'INTERNAL', stage: 'fetch', message: '', detail: {} });
});
