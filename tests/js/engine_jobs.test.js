/**
 * @file Jobs from their opening to their end, with pages that come, ask, and go: the engine
 * without its workers, models and downloads.
 */

import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { SUPPLY_MS } from '../../extension/engine/picture_supply.js';
import { offcutError } from '../../extension/messages/failure.js';
import { CUT_OUT, deferred, PICTURE, pass, settle, setUp, tearDown } from './engine_fakes.js';
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

test('a job that is opened twice is one job', async () => {
    const { open, connect, runs } = begin();
    open('a', { source: PICTURE });
    open('a', { source: PICTURE });
    const page = connect('job:a');
    await settle();
    assert.equal(runs.length, 1);
    runs[0].resolve(CUT_OUT);
    await pass(100);
    assert.equal(page.last().state, 'done');
});

test('the engine tells when the service worker that followed a job has ended', async () => {
    const { open, connect, log } = begin();
    open('a', { source: PICTURE });
    await settle();
    connect('job:a').close();
    assert.equal(log.includes('unfollowed'), false);
    const follower = connect('follow:a');
    assert.equal(follower.last().state, 'running');
    follower.close();
    assert.equal(log.includes('unfollowed'), true);
});

test('the engine wakes a service worker when one has ended that was to bring a picture', async () => {
    const { engine, open, connect, log } = begin();
    connect('life').close();
    open('a', { source: PICTURE });
    connect('life').close();
    assert.equal(log.includes('unfollowed'), false); // it would wake another one for ever
    open('b');
    connect('life').close();
    assert.equal(log.filter((each) => each === 'unfollowed').length, 1);
    engine.supply({ jobId: 'b', source: /** @type {any} */ (PICTURE) });
    await settle();
    connect('life').close();
    assert.equal(log.filter((each) => each === 'unfollowed').length, 1);
});

test("a model's test has the workers for itself, and nothing ends them under it", async () => {
    const { engine, open, connect, runs, log } = begin();
    engine.configure({ keepWarmMinutes: 0, webgpu: false });
    const trial = deferred();
    const tested = engine.runOnModel(() => trial.promise);
    open('a', { source: PICTURE });
    connect('job:a');
    await pass(60_000);
    assert.equal(runs.length, 0);
    assert.equal(log.includes('stop'), false);
    trial.resolve('tested');
    assert.equal(await tested, 'tested');
    await settle();
    assert.equal(runs.length, 1);
});

test('a test whose worker is ended is done once more, and no more than once', async () => {
    const { engine } = begin();
    let times = 0;
    const lost = () => {
        times += 1;
        return Promise.reject(offcutError('ENGINE_LOST', 'inference', 'The worker died.'));
    };
    await assert.rejects(engine.runOnModel(lost), /worker died/);
    assert.equal(times, 2);
    const unfit = () => Promise.reject(offcutError('MODEL_UNFIT', 'load_model', 'unfit'));
    await assert.rejects(engine.runOnModel(unfit), /unfit/);
});

test('a network that never answers is ended, and the next job goes on', async () => {
    const { engine, open, connect, runs, log } = begin();
    const stuck = deferred();
    const tested = assert.rejects(
        engine.runOnModel(() => stuck.promise),
        /no answer/,
    );
    open('a', { source: PICTURE });
    connect('job:a');
    await pass(300_000);
    assert.equal(log.includes('stop'), false, 'it may have been the machine that slept');
    for (let minute = 0; minute < 5; minute++) {
        for (let part = 0; part < 4; part++) await pass(15_000);
    }
    assert.equal(log.includes('stop'), true);
    stuck.reject(offcutError('TIMED_OUT', 'inference', 'The model gave no answer.'));
    await tested;
    await settle();
    assert.equal(runs.length, 1);
});

test('where a picture was to be had is told for another try', async () => {
    const { open, connect } = begin();
    const source = { kind: 'url', url: 'https://pictures.test/a', cookies: true };
    open('a', { source });
    const page = connect('job:a');
    await pass(100);
    assert.deepEqual(page.last().source, source);
});
