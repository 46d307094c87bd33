/**
 * @file Reaching the engine while its document ends, begins, or is listed and silent.
 */

import assert from 'node:assert/strict';
import { afterEach, beforeEach, mock, test } from 'node:test';
import { offcutError } from '../../extension/messages/failure.js';
import { fakeBrowser } from './browser_fake.js';
import { pass, settle, setUp, tearDown } from './engine_fakes.js';

const browser = fakeBrowser();
const { engine, ensureEngine, watchEngine } = await import(
    '../../extension/background/engine_host.js'
);
const { JobConnection } = await import('../../extension/messages/job_connection.js');

beforeEach(() => {
    setUp();
    mock.method(console, 'debug', () => undefined);
    Object.assign(browser, { engine: null, made: 0, isPrompt: true, answer: () => undefined });
});
afterEach(tearDown);

const present = () => /** @type {import('./browser_fake.js').FakeEngine} */ (browser.engine);

/**
 * Let the engine end when it is asked something, so many times.
 *
 * @param {string} type
 * @param {number} times
 */
function endUnder(type, times) {
    let left = times;
    browser.answer = (_body, _engine, asked) => {
        if (asked === type && left-- > 0) browser.end();
    };
}

/**
 * Let time pass until a promise is settled.
 *
 * @template T
 * @param {Promise<T>} promise
 */
async function over(promise) {
    let isOver = false;
    const settled = promise.finally(() => {
        isOver = true;
    });
    settled.catch(() => undefined);
    for (let turns = 0; !isOver && turns < 1000; turns++) await pass(50);
    return settled;
}

test('who asks first starts it, and several at once start one', async () => {
    const hellos = await Promise.all([
        ensureEngine(),
        ensureEngine(),
        engine.request('url.create'),
    ]);
    assert.deepEqual(
        hellos.map((hello) => hello.engine),
        ['engine 1', 'engine 1', 'engine 1'],
    );
    assert.equal(browser.made, 1);
});

test('a document that is closing is waited for', async () => {
    await ensureEngine();
    present().listens = false; // but it is listed
    const ensured = ensureEngine();
    await pass(50);
    browser.end();
    assert.equal((await over(ensured)).engine, 'engine 2');
});

test('a document that does not listen yet is waited for', async () => {
    browser.isPrompt = false;
    const ensured = ensureEngine();
    await pass(500);
    present().listens = true;
    assert.equal((await over(ensured)).engine, 'engine 1');
    assert.equal(browser.made, 1);
});

test('a document that stays silent is replaced', async () => {
    await ensureEngine();
    present().listens = false;
    assert.equal((await over(ensureEngine())).engine, 'engine 2');
});

test('where no document can be had, it is said in the end', async () => {
    browser.isPrompt = false;
    await assert.rejects(over(ensureEngine()), ({ failure }) => failure.code === 'ENGINE_LOST');
});

test('a request under which the engine ends is asked of the next one', async () => {
    await ensureEngine();
    endUnder('model.test', 1);
    assert.equal((await over(engine.request('model.test'))).engine, 'engine 2');
});

test('a request under which every engine ends fails', async () => {
    endUnder('model.test', Number.POSITIVE_INFINITY);
    await assert.rejects(
        over(engine.request('model.test')),
        ({ failure }) => failure.code === 'ENGINE_LOST',
    );
    assert.equal(browser.made <= 3, true);
});

test("a failure of the engine's own is not asked for again", async () => {
    browser.answer = () => offcutError('ENGINE_LOST', 'inference', 'The model worker died.');
    await ensureEngine().catch(() => undefined);
    const { length } = present().asked;
    await assert.rejects(over(engine.request('model.test')), /worker died/);
    assert.equal(present().asked.length, length + 1);
});

test('a port opens again to the next engine, and what is said between two is dropped', async () => {
    const told = /** @type {string[]} */ ([]);
    const port = engine.connect(() => 'models', {
        onMessage: (message) => told.push(message),
        onLoss: () => told.push('lost'),
    });
    await settle();
    browser.ports('models')[0]?.say('one');
    browser.end();
    port.post('dropped');
    await pass(0);
    browser.ports('models')[0]?.say('two');
    assert.deepEqual(told, ['one', 'lost', 'two']);
    assert.deepEqual(browser.ports('models')[0]?.posted, []);
});

test('a port that is closed stays closed', async () => {
    const port = engine.connect(() => 'models', { onMessage: () => undefined });
    await settle();
    port.close();
    browser.end();
    await pass(1000);
    assert.equal(browser.made, 1);
});

test('the end of the engine is noticed, whichever engine it was', async () => {
    let ends = 0;
    await ensureEngine();
    watchEngine(() => {
        ends += 1;
    });
    browser.end();
    assert.equal(ends > 0, true);
    ends = 0;
    await ensureEngine();
    browser.end();
    assert.equal(ends > 0, true);
});

/** A page that shows a job `a`, which the first engine knows. */
async function showJob() {
    /** @type {string[]} */
    const told = [];
    const listener = {
        onSnapshot: (/** @type {any} */ { state }) => told.push(state),
        onLost: (/** @type {any} */ { code }) => told.push(`lost: ${code}`),
    };
    const connection = new JobConnection(engine, () => 'job:a', listener);
    await settle();
    const say = (/** @type {any} */ message) => browser.ports('job:a')[0]?.say(message);
    return { connection, told, say };
}

const GONE = { state: 'failed', failure: { code: 'JOB_GONE' } };

test('a job that the next engine has goes on', async () => {
    const { told, say } = await showJob();
    say({ state: 'running' });
    browser.end();
    await pass(0);
    say({ state: 'done' });
    assert.deepEqual(told, ['running', 'done']);
});

test('a job that the next engine does not know is lost', async () => {
    const { told, say } = await showJob();
    say({ state: 'done' });
    browser.end();
    await pass(0);
    say(GONE);
    browser.end();
    await pass(1000);
    assert.deepEqual(told, ['done', 'lost: ENGINE_LOST']);
    assert.equal(browser.made, 2);
});

test('a job that no engine has ever known is shown as gone', async () => {
    const { told, say } = await showJob();
    say(GONE);
    assert.deepEqual(told, ['failed']);
});
