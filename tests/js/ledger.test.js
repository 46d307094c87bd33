/**
 * @file The ledger of requests: what is told of each request, when, and what is kept of it.
 */

import assert from 'node:assert/strict';
import { beforeEach, mock, test } from 'node:test';
import { runInNewContext } from 'node:vm';
import { fakeBrowser } from './browser_fake.js';

const browser = fakeBrowser();
/** @type {((message: any, sender: any) => unknown)[]} */
const listeners = [];
const { runtime } = /** @type {any} */ (globalThis).chrome;
runtime.onMessage = { addListener: (/** @type {any} */ each) => listeners.push(each) };
await import('../../extension/platform/ask_network.js');
const { listenToPages, noteRequest } = await import('../../extension/background/ledger.js');
listenToPages();

const ADDRESS = 'https://pictures.test/a.png';
/** @type {any[]} */
let told = [];
const purpose = {
    why: /** @type {const} */ ('picture'),
    note: (/** @type {any} */ request) => void told.push(request),
};

beforeEach(() => {
    told = [];
    browser.session = {};
    mock.restoreAll();
});

/** @param {() => Promise<any>} answer */
function serve(answer) {
    mock.method(globalThis, 'fetch', answer);
}

/** @param {any} message */
async function tellFromPage(message, sender = { tab: { id: 1 } }) {
    for (const listener of listeners)
        listener({ to: 'ledger', type: 'page.asked', ...message }, sender);
    await noteRequest(entry('last'));
}

/** @param {string} id */
function entry(id) {
    const outcome = /** @type {const} */ ('asked');
    return { id, at: 1, url: ADDRESS, why: /** @type {const} */ ('picture'), outcome };
}

test('a request is told before it is made, and again with its answer', async () => {
    serve(async () => {
        assert.deepEqual(
            told.map(({ url, why, outcome }) => [url, why, outcome]),
            [[ADDRESS, 'picture', 'asked']],
        );
        return { status: 404, redirected: false, url: ADDRESS };
    });
    await askNetwork(ADDRESS, {}, purpose);
    assert.equal(told.length, 2);
    assert.deepEqual(told[1], { ...told[0], outcome: 'answered', status: 404 });
});

test('where a redirect led is told', async () => {
    serve(async () => ({ status: 200, redirected: true, url: 'https://other.test/b.png' }));
    await askNetwork(ADDRESS, {}, purpose);
    assert.equal(told[1].to, 'https://other.test/b.png');
});

test('that the browser hides where a redirect led is told', async () => {
    serve(async () => ({ status: 0, redirected: false, type: 'opaqueredirect', url: ADDRESS }));
    await askNetwork(ADDRESS, { redirect: 'manual' }, purpose);
    assert.equal(told[1].sentOn, true);
    assert.equal(told[1].to, undefined);
});

test('a request that fails is told, and fails', async () => {
    serve(async () => {
        throw new TypeError('no connection');
    });
    await assert.rejects(askNetwork(ADDRESS, {}, purpose), TypeError);
    assert.deepEqual(
        told.map(({ outcome }) => outcome),
        ['asked', 'failed'],
    );
});

test('what lies in this machine is not asked of the network', async () => {
    serve(async () => ({ status: 200 }));
    for (const url of ['data:image/png;base64,AA', 'blob:https://a.test/1', 'file:///a.png']) {
        await askNetwork(url, {}, purpose);
    }
    assert.deepEqual(told, []);
});

test('requests that are told at once are all kept, each of them once', async () => {
    await Promise.all(['a', 'b', 'a', 'c'].map((id) => noteRequest(entry(id))));
    assert.deepEqual(
        browser.session.requests.map((/** @type {any} */ { id }) => id),
        ['a', 'b', 'c'],
    );
});

test('the newest thousand are kept', async () => {
    for (let each = 0; each < 1003; each++) await noteRequest(entry(String(each)));
    assert.equal(browser.session.requests.length, 1000);
    assert.equal(browser.session.requests[0].id, '3');
});

test('of what a page tells, only a request is taken', async () => {
    await tellFromPage({ request: { ...entry('p'), by: 'offcut', why: 'model', more: 'x' } });
    await tellFromPage({ request: { id: 7, url: ADDRESS } });
    await tellFromPage({});
    await tellFromPage({ request: entry('x') }, /** @type {any} */ ({}));
    const [first, ...others] = browser.session.requests;
    assert.deepEqual(first, { ...entry('p'), by: 'page' });
    assert.deepEqual(
        others.map((/** @type {any} */ { id }) => id),
        ['last'],
    );
});

test('that a page was sent on, or is not told so, is taken from what it tells', async () => {
    await tellFromPage({ request: { ...entry('a'), sentOn: true } });
    await tellFromPage({ request: { ...entry('b'), unsaid: true, more: true } });
    const [a, , b] = browser.session.requests;
    assert.deepEqual(a, { ...entry('a'), by: 'page', sentOn: true });
    assert.deepEqual(b, { ...entry('b'), by: 'page', unsaid: true });
});

test('what comes back after the list was erased is not put into it', async () => {
    await noteRequest(entry('a'));
    browser.session = {};
    await noteRequest({ ...entry('a'), outcome: 'answered' });
    await noteRequest({ ...entry('b'), outcome: 'failed' });
    assert.deepEqual(browser.session, {});
});

test('the name and the password in an address are neither sent nor told', async () => {
    /** @type {any[]} */
    const sent = [];
    mock.method(globalThis, 'fetch', async (/** @type {any} */ url) => {
        sent.push(url);
        return { status: 200, redirected: true, url: 'https://me:secret@other.test/b.png' };
    });
    await askNetwork('https://me:secret@pictures.test/a.png', {}, purpose);
    for (const request of told) await noteRequest(request);
    assert.deepEqual(sent, [ADDRESS]);
    assert.doesNotMatch(JSON.stringify(browser.session), /secret/);
});

test('a request to another server that fails says that the browser hides redirects', async () => {
    serve(async () => {
        throw new TypeError('no connection');
    });
    await assert.rejects(askNetwork(ADDRESS, {}, purpose), TypeError);
    assert.equal(told[1].unsaid, true);
});

test("the error may be one of the page's, as content scripts of Firefox get it", async () => {
    serve(async () => {
        throw runInNewContext("new TypeError('no connection')");
    });
    await assert.rejects(askNetwork(ADDRESS, {}, purpose));
    assert.equal(told[1].unsaid, true);
});
