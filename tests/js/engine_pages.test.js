/**
 * @file What pages see of the engine and ask of it once their job is done: edits and their
 * answers, the list of all jobs, and how far the engine's own start is.
 */

import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { PICTURE, pass, settle, setUp, tearDown } from './engine_fakes.js';
import { begin, beginDone } from './engine_rig.js';

beforeEach(setUp);
afterEach(tearDown);

const EDIT = { options: {}, strokes: [] };
const PREVIEW = { type: 'edit.preview', id: 7, body: { edit: EDIT, maxPixels: 9 } };

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

test('a page that goes takes its message channel with it', async () => {
    const { connect, channels } = await beginDone();
    channels.set('fast', []);
    connect('job:a:fast').close();
    assert.equal(channels.size, 0);
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
