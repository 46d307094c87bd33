/**
 * @file What a server's answer to a request for a picture means: the same to the content script
 * of a page and to the engine, on a clock that the test turns.
 */

import assert from 'node:assert/strict';
import { afterEach, beforeEach, mock, test } from 'node:test';
import { contentFunctions } from './content_script.js';

/** @type {any} */ (globalThis).chrome = {
    runtime: { getURL: () => 'chrome-extension://x/', sendMessage: async () => ({ ok: true }) },
};
const { downloadPicture } = await import('../../extension/fetcher/download_picture.js');
const { readPicture } = contentFunctions(
    [
        '../platform/ask_network.js',
        '../platform/bounded_fetch.js',
        'note_request.js',
        'content_state.js',
        'built_in.js',
        'picture_pixels.js',
        'read_picture.js',
    ],
    ['readPicture'],
);
const { stallMs, totalMs, maxBytes } = fetchLimits();
const ADDRESS = 'https://pictures.test/a.png';
const MIB = 1024 * 1024;

/** Classes of a page that a picture may be an element of. */
Object.assign(globalThis, {
    HTMLCanvasElement: class {},
    HTMLVideoElement: class {},
    HTMLImageElement: class {},
    location: { origin: 'https://pictures.test' },
});

/** Both ask for the same address, and give a picture or a failure. */
const SIDES = {
    engine: (signal = new AbortController().signal) =>
        downloadPicture(ADDRESS, {
            signal,
            onProgress: () => undefined,
            cookies: false,
            isAllowed: () => true,
            isOnline: true,
            note: () => undefined,
        }).catch((error) => error.failure ?? error),
    content: () =>
        readPicture({ kind: 'address', element: {}, urls: [ADDRESS] }).then(
            (/** @type {{ blob: Blob }} */ { blob }) => blob,
            (/** @type {any} */ failure) => failure,
        ),
};

beforeEach(() => mock.timers.enable({ apis: ['setTimeout'] }));
afterEach(() => {
    mock.timers.reset();
    mock.restoreAll();
});

/** @param {(signal: AbortSignal) => Promise<Response> | Response} answer */
function serve(answer) {
    mock.method(globalThis, 'fetch', async (/** @type {any} */ _url, /** @type {any} */ init) =>
        answer(init.signal),
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

/** @param {AbortSignal} signal */
function silence(signal) {
    return new Promise((_, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason));
    });
}

/** A little more than is taken, without saying so. */
function tooMuch() {
    const chunk = new Uint8Array(64 * MIB);
    let sent = 0;
    const pull = (/** @type {ReadableStreamDefaultController} */ stream) => {
        if (sent > maxBytes) return stream.close();
        sent += chunk.byteLength;
        stream.enqueue(chunk);
    };
    return new Response(new ReadableStream({ pull }));
}

/**
 * @param {number} milliseconds
 * @param {number} stepMs
 */
async function pass(milliseconds, stepMs) {
    const settle = () => new Promise((resolve) => setImmediate(resolve));
    for (let passed = 0; passed < milliseconds; passed += stepMs) {
        await settle();
        mock.timers.tick(stepMs);
    }
    await settle();
}

/** @type {[string, () => Response, string, object][]} Answer, code, and facts among others. */
const ANSWERS = [
    ['a picture', () => new Response('\x89PNG'), '', {}],
    ['401', () => new Response('no', { status: 401 }), 'FETCH_REFUSED', { status: 401 }],
    ['403', () => new Response('no', { status: 403 }), 'FETCH_REFUSED', { status: 403 }],
    ['404', () => new Response('no', { status: 404 }), 'FETCH_NOT_FOUND', { status: 404 }],
    ['410', () => new Response('no', { status: 410 }), 'FETCH_NOT_FOUND', { status: 410 }],
    ['429', () => new Response('no', { status: 429 }), 'FETCH_BUSY', { status: 429 }],
    ['503', () => new Response('no', { status: 503 }), 'FETCH_BUSY', { status: 503 }],
    ['500', () => new Response('no', { status: 500 }), 'FETCH_FAILED', { status: 500 }],
    ['no bytes', () => new Response(''), 'FETCH_EMPTY', {}],
    ['a page', () => new Response('<!DOCTYPE html><p>Log in'), 'FETCH_PAGE', {}],
    ['a page after blanks', () => new Response('\n\n <html><body>'), 'FETCH_PAGE', {}],
    ['a page after a comment', () => new Response('<!-- v2 --><head>'), 'FETCH_PAGE', {}],
    ['an SVG that holds a page', () => new Response('<svg><html></html></svg>'), '', {}],
    ['more bytes than are taken', tooMuch, 'FETCH_ENDLESS', { limit_megabytes: 268 }],
    [
        'more bytes announced than are taken',
        () => new Response('x', { headers: { 'content-length': String(maxBytes + 1) } }),
        'IMAGE_TOO_LARGE',
        { megabytes: 268, limit_megabytes: 268 },
    ],
];

for (const [side, begin] of Object.entries(SIDES)) {
    for (const [name, answer, code, facts] of ANSWERS) {
        test(`${side}: ${name}`, async () => {
            serve(answer);
            const outcome = await begin();
            assert.equal(outcome.code ?? '', code, outcome.message);
            if (!code) assert.equal(outcome instanceof Blob, true);
            for (const [fact, value] of Object.entries({ ...facts, host: 'pictures.test' })) {
                if (code) assert.equal(outcome.detail[fact], value, fact);
            }
        });
    }

    test(`${side}: a server that says nothing is given up, but not before its time`, async () => {
        serve(silence);
        let isOver = false;
        const ended = begin().finally(() => {
            isOver = true;
        });
        await pass(stallMs - 1, stallMs - 1);
        assert.equal(isOver, false);
        await pass(1, 1);
        assert.equal((await ended).code, 'FETCH_SLOW');
    });

    test(`${side}: a server that only ever sends a little is given up at last`, async () => {
        serve((signal) => trickle(signal, stallMs / 2));
        const ended = begin();
        await pass(totalMs, stallMs / 2);
        assert.equal((await ended).code, 'FETCH_SLOW');
    });
}

test('a request that is cancelled fails as cancelled', async () => {
    const cancel = new AbortController();
    serve((signal) => trickle(signal, stallMs / 2));
    const ended = SIDES.engine(cancel.signal);
    await pass(1, 1);
    cancel.abort();
    assert.equal((await ended).name, 'AbortError');
});
