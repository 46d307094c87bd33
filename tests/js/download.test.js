/**
 * @file The limits of a download, on a clock that the test turns.
 */

import assert from 'node:assert/strict';
import { afterEach, beforeEach, mock, test } from 'node:test';
import { download, STALL_MS, TOTAL_MS } from '../../extension/engine/download.js';

const URL_OF_ALL = 'https://slow.test/a.png';
/** Lets everything run that waits for nothing but its turn. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

beforeEach(() => mock.timers.enable({ apis: ['setTimeout'] }));
afterEach(() => {
    mock.timers.reset();
    mock.restoreAll();
});

/**
 * @param {AbortController} [cancel]
 * @returns {Promise<any>}  The failure, or the blob.
 */
function begin(cancel = new AbortController()) {
    const terms = {
        signal: cancel.signal,
        onProgress: () => undefined,
        cookies: false,
        isAllowed: () => true,
    };
    return download(URL_OF_ALL, terms).catch((error) => error.failure ?? error);
}

/** @param {(signal: AbortSignal) => Promise<Response>} answer */
function serve(answer) {
    mock.method(globalThis, 'fetch', (/** @type {string} */ _url, /** @type {any} */ { signal }) =>
        answer(signal),
    );
}

/**
 * A body that gives a byte whenever so much time has passed.
 *
 * @param {AbortSignal} signal
 * @param {number} everyMs
 */
function trickle(signal, everyMs) {
    const body = new ReadableStream({
        start(stream) {
            signal.addEventListener('abort', () => stream.error(signal.reason));
        },
        pull(stream) {
            return new Promise((resolve) => {
                setTimeout(() => {
                    if (!signal.aborted) stream.enqueue(new Uint8Array(1));
                    resolve();
                }, everyMs);
            });
        },
    });
    return new Response(body);
}

/**
 * @param {number} milliseconds
 * @param {number} stepMs
 */
async function pass(milliseconds, stepMs) {
    for (let passed = 0; passed < milliseconds; passed += stepMs) {
        await settle();
        mock.timers.tick(stepMs);
    }
    await settle();
}

test('a server that says nothing is given up', async () => {
    serve(
        (signal) =>
            new Promise((_, reject) => {
                signal.addEventListener('abort', () => reject(signal.reason));
            }),
    );
    const ended = begin();
    await pass(STALL_MS, STALL_MS / 2);
    const failure = await ended;
    assert.equal(failure.code, 'FETCH_SLOW');
    assert.equal(failure.detail.host, 'slow.test');
});

test('a server that only ever sends a little is given up at last', async () => {
    serve(async (signal) => trickle(signal, STALL_MS / 2));
    const ended = begin();
    await pass(TOTAL_MS, STALL_MS / 2);
    assert.equal((await ended).code, 'FETCH_SLOW');
});

test('a request that is cancelled fails as cancelled', async () => {
    const cancel = new AbortController();
    serve(async (signal) => trickle(signal, STALL_MS / 2));
    const ended = begin(cancel);
    await settle();
    cancel.abort();
    assert.equal((await ended).name, 'AbortError');
});
