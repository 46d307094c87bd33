/**
 * @file Jobs from their opening to their end, with pages that come, ask, and go: the engine
 * without its workers, models and downloads.
 */

import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { SUPPLY_MS } from '../../extension/engine/picture_supply.js';
import { offcutError } from '../../extension/messages/failure.js';
import { CUT_OUT, PICTURE, pass, settle, setUp, tearDown } from './engine_fakes.js';
import { begin, beginDone } from './engine_rig.js';

/** In which a page opens or reloads. */
const UNWATCHED_MS = 10_000;

beforeEach(setUp);
afterEach(tearDown);

test('a page that opens before its picture sees progress, then the picture, then the cutout', async () => {
    const { engine, open, connect, runs, log } = begin();
    open('a');
    const page = connect('job:a');
    assert.equal(page.last().state, 'running');
    assert.equal(log.includes('start'), true, 'the workers start meanwhile');
    assert.equal(page.last().stages.start_python, 1, 'Python was there already');
    engine.supply({ jobId: 'a', source: /** @type {any} */ (PICTURE) });
    await pass(100);
    assert.equal(page.last().stages.fetch, 1);
    assert.equal(page.posted.filter(({ picture }) => picture).length, 1, 'sent once');
    runs[0].resolve(CUT_OUT);
    await settle();
    const { state, cutout } = page.last();
    assert.equal(state, 'done');
    assert.equal(cutout.blob.size, CUT_OUT.cutout.byteLength);
    assert.equal(page.posted.filter(({ picture }) => picture).length, 1, 'sent once');
});

test('a page whose job is not known is told so at once', () => {
    const { connect } = begin();
    const page = connect('job:gone');
    assert.equal(page.last().state, 'failed');
    assert.equal(page.last().failure.code, 'JOB_GONE');
});

test('a picture that cannot be had fails the job with what its supplier says', async () => {
    const { engine, open, connect } = begin();
    open('a');
    const page = connect('job:a');
    const { failure } = offcutError('PAGE_FORBIDDEN', 'fetch', 'no', { host: 'x' });
    engine.fail({ jobId: 'a', failure });
    await settle();
    assert.equal(page.last().failure.code, 'PAGE_FORBIDDEN');
    assert.deepEqual(page.last().failure.detail, { host: 'x' });
});

test('a job whose supplier has died is told', async () => {
    const { open, connect, log } = begin();
    open('a');
    const page = connect('job:a');
    await pass(SUPPLY_MS - 1);
    assert.equal(page.last().state, 'running');
    await pass(1);
    assert.equal(page.last().failure.code, 'TIMED_OUT');
    await pass(1);
    assert.equal(log.at(-1), 'stop', 'the workers that waited for it end');
});

test('a picture that comes after the cancelling is not cut out', async () => {
    const { engine, open, connect, runs, active } = begin();
    open('a');
    const page = connect('job:a');
    page.say({ type: 'job.cancel' });
    engine.supply({ jobId: 'a', source: /** @type {any} */ (PICTURE) });
    await pass(100);
    assert.equal(page.last().state, 'cancelled');
    assert.equal(runs.length, 0);
    assert.deepEqual(active, [1, 0]);
});

test('a page that is closed cancels its running job, and the workers are asked to let go', async () => {
    const { open, connect, runs } = begin();
    open('a', { source: PICTURE });
    const page = connect('job:a');
    await settle();
    page.close();
    await pass(UNWATCHED_MS - 1);
    assert.equal(runs[0].signal.aborted, false);
    await pass(1);
    assert.equal(runs[0].signal.aborted, true);
    assert.equal(connect('job:a').last().failure.code, 'JOB_GONE');
});

test('a page that reloads gets the picture and the cutout once more', async () => {
    const { page, connect } = await beginDone();
    page.close();
    await pass(UNWATCHED_MS - 1);
    const again = connect('job:a').last();
    assert.equal(again.state, 'done');
    assert.equal(again.picture.size, PICTURE.blob.size);
    assert.equal(again.cutout.blob.size, CUT_OUT.cutout.byteLength);
});

test('a page that has what it wants forgets its job, bytes and all', async () => {
    const { page, connect, log } = await beginDone();
    page.say({ type: 'job.forget' });
    assert.equal(log.includes('forget a'), true);
    assert.equal(connect('job:a').last().failure.code, 'JOB_GONE');
    const { length } = page.posted;
    page.close();
    await pass(UNWATCHED_MS);
    assert.equal(page.posted.length, length);
});

test('the workers stay under a cancelled job that has not let go of them', async () => {
    const { open, connect, runs, log } = begin();
    open('a', { source: PICTURE });
    const page = connect('job:a');
    await settle();
    page.say({ type: 'job.cancel' });
    await pass(60_000);
    assert.equal(log.includes('stop'), false);
    runs[0].reject(offcutError('CANCELLED', 'inference', ''));
    await pass(1);
    assert.equal(log.at(-1), 'stop');
});

test('a job that comes after the last one has ended keeps the workers', async () => {
    const { open, connect, runs, log } = begin();
    open('a', { source: PICTURE });
    const page = connect('job:a');
    await settle();
    page.say({ type: 'job.cancel' });
    runs[0].reject(offcutError('CANCELLED', 'inference', ''));
    await settle();
    open('b', { source: PICTURE }); // before the time of no minutes has passed
    connect('job:b');
    await pass(60_000);
    assert.equal(log.includes('stop'), false);
    assert.equal(runs.length, 2);
});

test('workers that break are replaced under the next job', async () => {
    const { open, connect, runs, log } = begin();
    for (const id of ['a', 'b']) {
        open(id, { source: PICTURE });
        connect(`job:${id}`);
    }
    await settle();
    runs[0].reject(offcutError('SESSION_FAILED', 'inference', ''));
    await settle();
    assert.deepEqual(log.slice(log.indexOf('stop')).slice(0, 2), ['stop', 'start']);
    assert.equal(runs.length, 2);
});
