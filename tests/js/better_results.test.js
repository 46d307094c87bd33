/**
 * @file Better results in place of quick ones: when they are made, what goes before them, and that
 * nothing is lost by them.
 */

import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { offcutError } from '../../extension/messages/failure.js';
import {
    CUT_OUT,
    MODELS,
    PICTURE,
    pass,
    QUICK_MODELS,
    settle,
    setUp,
    tearDown,
} from './engine_fakes.js';
import { begin, beginDone } from './engine_rig.js';

beforeEach(setUp);
afterEach(tearDown);

const AUTO = { options: { quality: 'auto' } };
const ASK = { type: 'edit.better', id: 1, body: {} };
const BETTER = { ...CUT_OUT, cutout: new Uint8Array(5) };
const CANCELLED = { ok: false, failure: { code: 'CANCELLED', stage: 'inference', detail: {} } };

/** A job whose quick result is shown, and whose page has asked for the better one. */
async function beginAsked() {
    const all = await beginDone(QUICK_MODELS, AUTO);
    all.page.say(ASK);
    await settle();
    const answer = () => all.page.posted.find(({ type }) => type === 'edit.replied');
    return { ...all, answer };
}

test('the quick result comes first, and goes on to the better one from what it has found', async () => {
    const { runs, page, answer } = await beginAsked();
    assert.equal(page.posted.at(-1).quality, 'fast');
    assert.deepEqual(
        runs.map(({ key, quick }) => [key, quick]),
        [
            ['a/fast/', undefined],
            ['a/best/', 'a/fast/'],
        ],
    );
    runs[1].resolve(BETTER);
    await pass(100);
    assert.equal(answer().body.better.blob.size, 5);
    const last = page.last();
    assert.deepEqual([last.state, last.quality, last.cutout.blob.size], ['done', 'best', 5]);
});

test('a quick result that Python has no more is made again with the better one', async () => {
    const { runs, answer } = await beginAsked();
    runs[1].resolve({ ok: true, needs: 'subject' });
    await settle();
    assert.deepEqual([runs[2].key, runs[2].quick], ['a/best/', undefined]);
    runs[2].resolve(BETTER);
    await settle();
    assert.equal(answer().body.better.blob.size, 5);
});

test('where a better one would take too long, nothing is run', async () => {
    const { runs, page } = await beginDone(MODELS, AUTO);
    page.say(ASK);
    await settle();
    assert.equal(runs.length, 1);
    assert.equal(page.last().body.better, null);
});

test('what is best already is not made again', async () => {
    const { runs, page } = await beginDone(QUICK_MODELS, { options: { quality: 'best' } });
    page.say(ASK);
    await settle();
    assert.equal(runs.length, 1);
    assert.equal(page.last().body.better.blob.size, 3);
});

test('another job goes before it from its click on, and it goes on afterwards', async () => {
    const { runs, open, engine, answer } = await beginAsked();
    open('b', AUTO);
    await settle();
    assert.ok(runs[1].pause.aborted, 'its picture is not here yet, and the workers get free');
    runs[1].resolve(CANCELLED);
    await settle();
    assert.equal(runs.length, 2, 'nothing begins before a job that is on its way');
    engine.supply({ jobId: 'b', source: PICTURE });
    await settle();
    assert.equal(runs[2].key, 'b/fast/');
    runs[2].resolve(CUT_OUT);
    await settle();
    assert.deepEqual([runs[3].key, runs[3].quick], ['a/best/', 'a/fast/']);
    runs[3].resolve(BETTER);
    await settle();
    assert.equal(answer().body.better.blob.size, 5);
});

test('a job whose picture cannot be had holds it up no longer', async () => {
    const { runs, open, engine } = await beginAsked();
    open('b', AUTO);
    runs[1].resolve(CANCELLED);
    await settle();
    assert.equal(runs.length, 2);
    const failure = { code: 'FETCH_FAILED', stage: 'fetch', message: '', detail: {} };
    engine.fail({ jobId: 'b', failure });
    await settle();
    assert.equal(runs[2].key, 'a/best/');
});

test('a file that somebody saves goes before it', async () => {
    const { runs, engine } = await beginAsked();
    engine.runOnModel(async () => undefined);
    assert.ok(runs[1].pause.aborted);
});

test('an edit or a download ends it gently, and the quick result stays', async () => {
    const { runs, page, answer, log } = await beginAsked();
    page.say({ type: 'job.settle' });
    assert.ok(runs[1].pause.aborted);
    assert.ok(!runs[1].signal.aborted, 'that could cost Python, and with it what is edited');
    runs[1].resolve(CANCELLED);
    await settle();
    assert.equal(answer().body.better, null);
    assert.equal(page.posted.findLast(({ state }) => state).cutout.blob.size, 3);
    assert.ok(!log.includes('stop'));
});

test('a failure leaves the quick result, and the next job gets new workers', async () => {
    const { runs, page, answer, log } = await beginAsked();
    runs[1].reject(offcutError('OUT_OF_MEMORY', 'inference', 'full'));
    await settle();
    assert.deepEqual([answer().ok, answer().body.better], [true, null]);
    assert.equal(page.posted.findLast(({ state }) => state).state, 'done');
    assert.ok(log.includes('stop'));
});

test('a closed page ends it', async () => {
    const { runs, page } = await beginAsked();
    page.close();
    assert.ok(runs[1].pause.aborted);
});

test('a picture in which the quick look sees nothing gets the better one', async () => {
    const { open, connect, runs } = begin(QUICK_MODELS);
    open('a', { source: PICTURE, ...AUTO });
    const page = connect('job:a');
    await settle();
    runs[0].reject(offcutError('NO_SUBJECT', 'postprocess', 'nothing'));
    await settle();
    assert.deepEqual([runs[1].key, runs[1].quick], ['a/best/', undefined]);
    runs[1].resolve(BETTER);
    await pass(100);
    assert.deepEqual([page.last().state, page.last().quality], ['done', 'best']);
});
