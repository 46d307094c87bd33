/**
 * @file Pictures by their address in the engine: what it asks the service worker for the Referer,
 * and what it tells when that fails.
 */

import assert from 'node:assert/strict';
import { afterEach, beforeEach, mock, test } from 'node:test';

/** @type {string[]} What the service worker was asked. */
const asked = [];
/** @type {string[]} Requests that the service worker fails. */
const broken = [];
/** @type {any} */ (globalThis).chrome = {
    runtime: {
        getURL: (/** @type {string} */ path) => `chrome-extension://x/${path}`,
        sendMessage: async (/** @type {any} */ { type }) => {
            if (type !== 'request.noted') asked.push(type); // the ledger hears of every request
            if (!broken.includes(type)) return { ok: true, body: { rule: 7 } };
            const failure = { code: 'INTERNAL', stage: type, message: 'no rules', detail: {} };
            return { ok: false, failure };
        },
    },
};
const { fetchImage } = await import('../../extension/engine/fetch_image.js');
const { downloadPicture } = await import('../../extension/fetcher/download_picture.js');
/** @type {import('../../extension/engine/fetch_image.js').Download} As the worker does it. */
const download = (address, { mayEnter, ...terms }) =>
    downloadPicture(address, {
        ...terms,
        isAllowed: () => mayEnter,
        isOnline: true,
        note: () => undefined,
    });

const url = 'https://pictures.test/a.png';
const REFERER = { kind: 'url', url, referer: 'https://page.test/' };

/** @type {any} */
let warn;
beforeEach(() => {
    asked.length = 0;
    broken.length = 0;
    warn = mock.method(console, 'warn', () => undefined);
});
afterEach(() => mock.restoreAll());

/** @param {number[]} statuses  Of one answer after the other. */
function serve(...statuses) {
    mock.method(globalThis, 'fetch', async () => {
        const status = statuses.shift() ?? 200;
        return new Response(status === 200 ? 'picture' : 'no', { status });
    });
}

/** @param {object} source */
function begin(source) {
    const signal = new AbortController().signal;
    return fetchImage(/** @type {any} */ (source), signal, () => undefined, download).catch(
        (/** @type {any} */ error) => error.failure ?? error,
    );
}

test('a picture that anybody may have is asked for without a rule', async () => {
    serve(200);
    assert.equal((await begin(REFERER)).size, 7);
    assert.deepEqual(asked, []);
});

test('a server that wants to see its own page gets its name, and the rule is removed', async () => {
    serve(403, 200);
    assert.equal((await begin(REFERER)).size, 7);
    assert.deepEqual(asked, ['referer.set', 'referer.clear']);
});

test('the failure of the plain request is told, and the rule is removed', async () => {
    serve(403, 404);
    const { code, detail } = await begin(REFERER);
    assert.equal(code, 'FETCH_REFUSED');
    assert.equal(detail.status, 403);
    assert.equal(detail.refererRule, undefined);
    assert.deepEqual(asked, ['referer.set', 'referer.clear']);
});

test('a rule that could not be set is told in the detail and in the console', async () => {
    broken.push('referer.set');
    serve(403, 200);
    const { code, detail } = await begin(REFERER);
    assert.equal(code, 'FETCH_REFUSED');
    assert.equal(detail.refererRule, 'no rules');
    assert.equal(warn.mock.callCount(), 1);
    assert.deepEqual(asked, ['referer.set']);
});

test('a rule that could not be removed does not change the outcome', async () => {
    broken.push('referer.clear');
    serve(403, 200);
    assert.equal((await begin(REFERER)).size, 7);
    assert.equal(warn.mock.callCount(), 1);
    serve(403, 404);
    assert.equal((await begin(REFERER)).code, 'FETCH_REFUSED');
});

test('without a page to name, or with another failure, no rule is asked for', async () => {
    serve(403);
    assert.equal((await begin({ kind: 'url', url })).code, 'FETCH_REFUSED');
    serve(500);
    assert.equal((await begin(REFERER)).code, 'FETCH_FAILED');
    assert.deepEqual(asked, []);
});

test('the smaller file comes when the first cannot be had, else the first failure', async () => {
    const source = { kind: 'url', url, other: 'https://pictures.test/b.png' };
    serve(404, 200);
    assert.equal((await begin(source)).size, 7);
    serve(404, 500);
    assert.equal((await begin(source)).code, 'FETCH_NOT_FOUND');
});

test('bytes that are too many, or none, are refused', async () => {
    const blob = /** @type {any} */ ({ size: 300e6 });
    const { code, detail } = await begin({ kind: 'blob', blob });
    assert.equal(code, 'IMAGE_TOO_LARGE');
    assert.deepEqual(detail, { megabytes: 300, limit_megabytes: 268 });
    assert.equal((await begin({ kind: 'blob', blob: new Blob([]) })).code, 'EMPTY_FILE');
});

test('a page from outside leads to no host of the own network', async () => {
    serve(200);
    const source = { kind: 'url', url: 'http://192.168.1.1/a.png', page: 'https://page.test/' };
    assert.equal((await begin(source)).code, 'PRIVATE_ADDRESS');
});

test('what the page shows stands in for a picture that its server does not give', async () => {
    const instead = new Blob(['pixels of the page']);
    serve(200, 403);
    assert.equal((await begin({ kind: 'url', url, instead })).size, 7);
    assert.equal(await begin({ kind: 'url', url, instead }), instead);
});

test('a failure says by which click the picture can be looked for anew', async () => {
    serve(404, 404);
    const clicked = JSON.stringify({ tabId: 5, srcUrl: url });
    const { detail } = await begin({ kind: 'url', url, clicked });
    assert.equal(detail.clicked, clicked);
    assert.equal(detail.tabId, 5);
});
