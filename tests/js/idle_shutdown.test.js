/**
 * @file When the engine's workers start and end.
 */

import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { EDITING_MS, IdleShutdown } from '../../extension/engine/idle_shutdown.js';
import { deferred, pass, settle, setUp, tearDown } from './engine_fakes.js';

const MINUTE_MS = 60_000;

beforeEach(setUp);
afterEach(tearDown);

/** @param {number} keepWarmMinutes */
function begin(keepWarmMinutes) {
    /** @type {string[]} */
    const log = [];
    const demand = { isWaiting: false, isBusy: false, isEdited: false };
    const workers = { start: () => log.push('start'), stop: () => void log.push('stop') };
    const shutdown = new IdleShutdown(workers, {
        isWaiting: () => demand.isWaiting,
        isBusy: () => demand.isBusy,
        isEdited: () => demand.isEdited,
    });
    shutdown.configure({ keepWarmMinutes });
    return { shutdown, demand, log };
}

test('idle workers end after the minutes of the setting, and not before', async () => {
    const { log } = begin(5);
    await pass(5 * MINUTE_MS - 1);
    assert.deepEqual(log, []);
    await pass(1);
    assert.deepEqual(log, ['stop']);
});

test('with no minutes they end at once', async () => {
    const { log } = begin(0);
    await pass(1);
    assert.deepEqual(log, ['stop']);
});

test('a shorter time counts at once', async () => {
    const { shutdown, log } = begin(5);
    await pass(MINUTE_MS);
    shutdown.configure({ keepWarmMinutes: 0 });
    await pass(1);
    assert.deepEqual(log, ['stop']);
});

test('a page that can edit keeps them, however short the setting', async () => {
    const { shutdown, demand, log } = begin(0);
    demand.isEdited = true;
    shutdown.check();
    await pass(EDITING_MS - 1);
    assert.deepEqual(log, []);
    await pass(1);
    assert.deepEqual(log, ['stop']);
});

test('a setting longer than the time of an edit counts for an edit, too', async () => {
    const { shutdown, demand, log } = begin(5);
    demand.isEdited = true;
    shutdown.check();
    await pass(5 * MINUTE_MS - 1);
    assert.deepEqual(log, []);
});

test('a waiting job starts them, and nothing ends them under it', async () => {
    const { shutdown, demand, log } = begin(0);
    demand.isWaiting = true;
    shutdown.check();
    await pass(MINUTE_MS);
    assert.deepEqual(log, ['start']);
});

test('a cancelled job that still has them keeps them', async () => {
    const { shutdown, demand, log } = begin(0);
    demand.isBusy = true;
    shutdown.check();
    await pass(MINUTE_MS);
    assert.deepEqual(log, []);
    demand.isBusy = false;
    shutdown.check();
    await pass(1);
    assert.deepEqual(log, ['stop']);
});

test('a job that comes just after the end gets new workers', async () => {
    const { shutdown, demand, log } = begin(0);
    await pass(1);
    demand.isWaiting = true;
    shutdown.check();
    await pass(MINUTE_MS);
    assert.deepEqual(log, ['stop', 'start']);
});

test("a model's test keeps them until it is over, and begins the time anew", async () => {
    const { shutdown, log } = begin(1);
    const [first, second] = [deferred(), deferred()];
    const kept = [first, second].map(({ promise }) => shutdown.keepFor(() => promise));
    const failed = assert.rejects(/** @type {any} */ (kept[1]), /no model/);
    shutdown.check();
    await pass(MINUTE_MS);
    first.resolve('tested');
    assert.equal(await kept[0], 'tested');
    await pass(MINUTE_MS);
    second.reject(new Error('no model'));
    await failed;
    await settle();
    await pass(MINUTE_MS - 1);
    assert.deepEqual(log, []);
    await pass(1);
    assert.deepEqual(log, ['stop']);
});

test('what has begun without a word to the timer is not ended by it', async () => {
    const { shutdown, demand, log } = begin(1);
    demand.isBusy = true;
    await pass(MINUTE_MS);
    assert.deepEqual(log, []);
    demand.isBusy = false;
    shutdown.check();
    await pass(MINUTE_MS);
    assert.deepEqual(log, ['stop']);
});
