/**
 * @file Opening jobs from the service worker, and the pages that wait for them.
 */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deferred, settle } from './engine_fakes.js';

/** @type {{ type: string, body: any }[]} What the engine was asked. */
const asked = [];
/** @type {Record<string, Promise<unknown>>} When the engine answers; at once, if not here. */
const answers = {};

/** @type {any} */ (globalThis).chrome = {
    runtime: {
        id: 'x',
        getURL: (/** @type {string} */ path) => `chrome-extension://x/${path}`,
        getContexts: async () => [{ incognito: false }],
        sendMessage: async (/** @type {any} */ { type, body }) => {
            asked.push({ type, body });
            return { ok: true, body: await answers[type] };
        },
        onMessage: { addListener: () => undefined },
    },
    extension: { inIncognitoContext: false },
    storage: { local: { get: async (/** @type {any} */ defaults) => defaults } },
};
const { ensureJobs, openJob, startJob } = await import('../../extension/background/open_job.js');

test('a page that asks for the engine waits for every job that is being opened', async () => {
    const opening = deferred();
    answers['job.open'] = opening.promise;
    const opened = openJob({ jobId: 'a', name: 'a' });
    let isReady = false;
    const ready = ensureJobs().then(() => {
        isReady = true;
    });
    await settle();
    assert.equal(
        asked.some(({ type }) => type === 'job.open'),
        true,
    );
    assert.equal(isReady, false);
    opening.resolve();
    await Promise.all([opened, ready]);
    assert.equal(isReady, true);
});

test('a job that cannot be opened keeps no page waiting', async () => {
    const opening = deferred();
    answers['job.open'] = opening.promise;
    const refused = assert.rejects(openJob({ jobId: 'a', name: 'a' }), /no engine/);
    const ready = ensureJobs();
    opening.reject(new Error('no engine'));
    await Promise.all([refused, ready]);
    await ensureJobs();
});

test('a job of a page has an id of its own, and what the settings say', async () => {
    answers['job.open'] = Promise.resolve();
    const source = /** @type {any} */ ({ kind: 'blob', blob: new Blob(['x']) });
    const first = await startJob({ name: 'a', source, kept: true });
    const opened = /** @type {any} */ (asked.at(-1)).body;
    assert.equal(opened.jobId, first.jobId);
    assert.equal(opened.kept, true);
    assert.equal(opened.options.quality, 'fast');
    assert.equal(opened.settings.keepWarmMinutes, 5);
    const second = await startJob({ name: 'b', source, options: { format: 'webp' } });
    assert.notEqual(second.jobId, first.jobId);
    assert.deepEqual(/** @type {any} */ (asked.at(-1)).body.options, { format: 'webp' });
});
