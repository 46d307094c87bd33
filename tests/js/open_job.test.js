/**
 * @file Opening jobs from the service worker, the pages that wait for them, and what becomes of them
 * when the engine ends.
 */

import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { fakeBrowser } from './browser_fake.js';
import { deferred, settle } from './engine_fakes.js';

const browser = fakeBrowser();
const { dropJobs, ensureJobs, noteJobs, openJob, rescueJobs, showsResult, startJob, supplyJob } =
    await import('../../extension/background/open_job.js');
const SOURCE = /** @type {any} */ (Object.freeze({ kind: 'url', url: 'https://pictures.test/a' }));

/** @type {Record<string, Promise<unknown>>} When the engine answers; at once, if not here. */
let answers = {};

beforeEach(async () => {
    answers = {};
    browser.answer = (_body, _engine, type) => answers[type];
    browser.end();
    await ensureJobs();
    noteJobs({ active: 0, engine: present().id, unfinished: [] });
});

const present = () => /** @type {import('./browser_fake.js').FakeEngine} */ (browser.engine);
/** @param {string} type */
const asked = (type) => present().asked.filter((each) => each.type === type);
/** @param {string} type */
const bodies = (type) => asked(type).map(({ body }) => body);

test('a page that asks for the engine waits for every job that is being opened', async () => {
    const opening = deferred();
    answers['job.open'] = opening.promise;
    const opened = openJob({ jobId: 'a', name: 'a' });
    let isReady = false;
    const ready = ensureJobs().then(() => {
        isReady = true;
    });
    await settle();
    assert.equal(asked('job.open').length, 1);
    assert.equal(isReady, false);
    opening.resolve();
    await Promise.all([opened, ready]);
    assert.equal(isReady, true);
});

test('a tab shows a result from the moment that it is opened with one', () => {
    const url = 'chrome-extension://x/result/result.html?job=a';
    assert.ok(showsResult({ url }));
    assert.ok(showsResult({ url: '', pendingUrl: url }));
    assert.ok(!showsResult({ url: 'chrome-extension://x/welcome/welcome.html' }));
    assert.ok(!showsResult({ url: `https://page.test/?${url}` }));
    assert.ok(!showsResult(undefined));
});

test('a job that cannot be opened keeps no page waiting', async () => {
    const opening = deferred();
    answers['job.open'] = opening.promise;
    const refused = assert.rejects(openJob({ jobId: 'a', name: 'a' }), /no room/);
    const ready = ensureJobs();
    opening.reject(new Error('no room'));
    await Promise.all([refused, ready]);
    await ensureJobs();
});

test('a job of a page has an id of its own, and what the settings say', async () => {
    const source = /** @type {any} */ ({ kind: 'blob', blob: new Blob(['x']) });
    const first = await startJob({ name: 'a', source, kept: true });
    const second = await startJob({ name: 'b', source, options: { format: 'webp' } });
    const [opened, other] = bodies('job.open');
    assert.equal(opened.jobId, first.jobId);
    assert.equal(opened.kept, true);
    assert.equal(opened.options.quality, 'auto');
    assert.equal(opened.settings.keepWarmMinutes, 5);
    assert.notEqual(second.jobId, first.jobId);
    assert.deepEqual(other.options, { format: 'webp' });
});

test('what an engine had not finished is opened in the next one, and only once', async () => {
    await openJob({ jobId: 'a', name: 'a', source: SOURCE });
    await openJob({ jobId: 'b', name: 'b', source: SOURCE });
    noteJobs({ active: 1, engine: present().id, unfinished: ['a'] });
    browser.end();
    await Promise.all([rescueJobs(), ensureJobs(), ensureJobs()]);
    assert.deepEqual(
        bodies('job.open').map(({ jobId, source }) => [jobId, source]),
        [['a', SOURCE]],
    );
});

test('a job under which engines end again and again is not opened for ever', async () => {
    await openJob({ jobId: 'a', name: 'a', source: SOURCE });
    browser.end();
    await ensureJobs();
    assert.equal(asked('job.open').length, 1);
    browser.end();
    await ensureJobs();
    assert.deepEqual(asked('job.open'), []);
    assert.equal(browser.engine, present());
});

test('no engine is made for jobs that are over', async () => {
    await openJob({ jobId: 'a', name: 'a', source: SOURCE });
    noteJobs({ active: 0, engine: present().id, unfinished: [] });
    browser.end();
    await rescueJobs();
    assert.equal(browser.engine, null);
});

test('nothing that was dropped is opened in the next engine', async () => {
    await openJob({ jobId: 'a', name: 'a', source: SOURCE });
    dropJobs();
    browser.end();
    await rescueJobs();
    assert.equal(browser.engine, null);
});

test('a picture that is found after the engine has ended reaches the next one', async () => {
    await openJob({ jobId: 'a', name: 'a' });
    const collected = deferred();
    const supplied = supplyJob('a', collected.promise);
    browser.end();
    collected.resolve(SOURCE);
    await supplied;
    assert.deepEqual(bodies('job.open')[0].source, SOURCE);
});

test('a picture is not lost with an engine that ends as it gets it', async () => {
    await openJob({ jobId: 'a', name: 'a' });
    const first = present();
    browser.answer = (_body, engine, type) => {
        if (type === 'job.supply' && engine === first) browser.end();
    };
    await supplyJob('a', Promise.resolve(SOURCE));
    assert.notEqual(present(), first);
    assert.deepEqual(bodies('job.open')[0].source, SOURCE);
});

test('that a picture cannot be had is told to the next engine, too', async () => {
    await openJob({ jobId: 'a', name: 'a' });
    await supplyJob('a', Promise.reject(new Error('no picture')));
    assert.equal(bodies('job.fail')[0].failure.message, 'no picture');
    browser.end();
    await ensureJobs();
    assert.equal(bodies('job.fail')[0].failure.message, 'no picture');
});
