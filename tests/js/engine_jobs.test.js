/**
 * @file Jobs from their opening to their end, with pages that come, ask, and go: the engine
 * without its workers, models and downloads.
 */

import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { Engine } from '../../extension/engine/engine.js';
import { SUPPLY_MS } from '../../extension/engine/picture_supply.js';
import { offcutError } from '../../extension/messages/failure.js';
import {
    CUT_OUT,
    deferred,
    fakePort,
    fakeWorkers,
    MODELS,
    PICTURE,
    pass,
    settle,
    setUp,
    tearDown,
} from './engine_fakes.js';

/** In which a page opens or reloads. */
const UNWATCHED_MS = 10_000;

beforeEach(setUp);
afterEach(tearDown);

function begin() {
    const fakes = fakeWorkers();
    /** @type {Map<string, any[]>} What went over each page's message channel. */
    const channels = new Map();
    /** @type {number[]} */
    const active = [];
    /** @type {ReturnType<typeof deferred>[]} */
    const fetches = [];
    const engine = new Engine({
        workers: fakes.workers,
        models: MODELS,
        channels: {
            post: (name, answer) => {
                channels.get(name)?.push(answer);
                return channels.has(name);
            },
        },
        fetchPicture: (source) => {
            if (source.kind === 'blob') return Promise.resolve(source.blob);
            const fetching = deferred();
            fetches.push(fetching);
            return fetching.promise;
        },
        onActive: (count) => active.push(count),
    });
    /** @param {string} jobId @param {object} [more] */
    const open = (jobId, more) => {
        const settings = { keepWarmMinutes: 0, webgpu: false };
        engine.open(/** @type {any} */ ({ jobId, name: jobId, settings, ...more }));
    };
    /** @param {string} name */
    const connect = (name) => {
        const port = fakePort(name);
        engine.connect(port.end);
        return port;
    };
    return { engine, open, connect, channels, active, fetches, ...fakes };
}

/** A job `a` that is done, and the page that shows it. */
async function beginDone() {
    const all = begin();
    all.open('a', { source: PICTURE });
    const page = all.connect('job:a');
    await settle();
    all.runs[0].resolve(CUT_OUT);
    await pass(100);
    assert.equal(page.last().state, 'done');
    return { ...all, page };
}

const EDIT = { options: {}, strokes: [] };
const PREVIEW = { type: 'edit.preview', id: 7, body: { edit: EDIT, maxPixels: 9 } };

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

test('a page that can edit keeps the workers, and its closing lets them go', async () => {
    const { page, log } = await beginDone();
    await pass(60_000);
    assert.equal(log.includes('stop'), false);
    page.close();
    await pass(1);
    assert.equal(log.includes('stop'), true);
});

test('an edit keeps its job editable for a page that reloads', async () => {
    const { page, previews, log } = await beginDone();
    page.say(PREVIEW);
    await settle();
    previews[0].resolve({ ok: true, width: 1 });
    await settle();
    page.close();
    await pass(1);
    assert.equal(log.includes('stop'), false);
});

test('an edit is answered over the message channel of its page, else over its port', async () => {
    const { connect, channels, previews, page } = await beginDone();
    const other = connect('job:a:fast');
    channels.set('fast', []);
    for (const [index, each] of [page, other].entries()) {
        each.say(PREVIEW);
        await settle();
        previews[index].resolve({ ok: true, width: index });
        await settle();
    }
    assert.deepEqual(page.last(), { type: 'edit.replied', id: 7, ok: true, body: { width: 0 } });
    assert.equal(other.last().type, undefined);
    assert.deepEqual(channels.get('fast'), [
        { type: 'edit.replied', id: 7, ok: true, body: { width: 1 } },
    ]);
});

test('an edit of a job that is not done is refused', async () => {
    const { open, connect } = begin();
    open('a');
    const page = connect('job:a');
    page.say(PREVIEW);
    await settle();
    assert.equal(page.last().failure.code, 'JOB_GONE');
});

test('a page that goes in the middle of an edit gets no answer', async () => {
    const { page, previews } = await beginDone();
    page.say(PREVIEW);
    await settle();
    const { length } = page.posted;
    page.close();
    previews[0].resolve({ ok: true, width: 1 });
    await settle();
    assert.equal(page.posted.length, length);
});

test('a page of all jobs sees them in the order of their opening, and ends any of them', async () => {
    const { open, connect, runs } = begin();
    open('a', { source: PICTURE, kept: true });
    open('b', { source: PICTURE, kept: true });
    const list = connect('jobs');
    const states = () =>
        list.last().jobs.map((/** @type {any} */ job) => `${job.jobId} ${job.state} ${job.ahead}`);
    await settle();
    await pass(100);
    await pass(150);
    assert.deepEqual(states(), ['a running 0', 'b queued 1']);
    list.say({ type: 'job.cancel', jobId: 'a' });
    await pass(250);
    assert.deepEqual(states(), ['a cancelled 0', 'b running 0']);
    list.say({ type: 'job.forget', jobId: 'a' });
    await pass(150);
    assert.deepEqual(states(), ['b running 0']);
    assert.equal(runs[0].signal.aborted, true);
    list.say({ type: 'job.cancel', jobId: 'unknown' });
    list.close();
    const { length } = list.posted;
    list.say({ type: 'job.cancel', jobId: 'b' });
    await pass(150);
    assert.equal(list.posted.length, length);
});

test("how far Python's start is shows in every job that is not over", async () => {
    const { open, connect, workers } = begin();
    workers.bootFraction = 0;
    open('a');
    const page = connect('job:a');
    assert.equal(page.last().stages.start_python, 0);
    workers.bootFraction = 1;
    workers.onBoot();
    await pass(100);
    assert.equal(page.last().stages.start_python, 1);
});
