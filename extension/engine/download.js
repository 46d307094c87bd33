/**
 * @file One request for a picture, with its limits.
 */

import { offcutError } from '../messages/failure.js';

/** Larger files are not pictures that we could decode within our limits. */
export const MAX_BYTES = 256 * 1024 * 1024;
/** A server that sends nothing for so long has stopped. */
export const STALL_MS = 30_000;
/** One that is not done by then never will be. */
export const TOTAL_MS = 120_000;
/** By these a page in place of a picture is known, whatever it is called. */
const PAGE_START = /^\s*(?:<!--[\s\S]*?-->\s*)?(?:<!doctype html|<html|<head|<body)/i;
const SNIFFED_BYTES = 1024;

/**
 * @typedef {object} Terms
 * @property {AbortSignal} signal
 * @property {(fraction: number) => void} onProgress
 * @property {boolean} cookies
 * @property {(url: string) => boolean} isAllowed  May the answer come from there?
 */

/**
 * @param {string} url
 * @param {Terms} terms
 * @returns {Promise<Blob>}
 * @throws {import('../messages/failure.js').OffcutError}  FETCH_FAILED, FETCH_REFUSED,
 *     FETCH_NOT_FOUND, FETCH_BUSY, FETCH_PAGE, FETCH_EMPTY, FETCH_SLOW, FETCH_REDIRECTED,
 *     FETCH_ENDLESS, PRIVATE_ADDRESS, IMAGE_TOO_LARGE.
 */
export async function download(url, { signal, onProgress, cookies, isAllowed }) {
    const clock = new AbortController();
    const either = AbortSignal.any([signal, clock.signal]);
    const total = setTimeout(() => clock.abort(TOTAL_MS), TOTAL_MS);
    let stall = setTimeout(() => clock.abort(STALL_MS), STALL_MS);
    const beat = () => {
        clearTimeout(stall);
        stall = setTimeout(() => clock.abort(STALL_MS), STALL_MS);
    };
    try {
        const response = await fetch(url, terms(either, cookies));
        checkAnswer(url, response, isAllowed);
        return await checkBody(url, await readBody(response, onProgress, beat));
    } catch (error) {
        if (clock.signal.aborted)
            throw fetchFailure('FETCH_SLOW', url, { seconds: clock.signal.reason / 1000 });
        if (error instanceof TypeError) throw await unreachable(url, error, terms(either, cookies));
        throw error;
    } finally {
        clearTimeout(total);
        clearTimeout(stall);
        clock.abort(0); // hangs up on a server that is still sending
    }
}

/**
 * No trace of the picture in the extension's cache; cookies only where the page's own
 * request has them.
 *
 * @param {AbortSignal} signal
 * @param {boolean} cookies
 * @returns {RequestInit}
 */
function terms(signal, cookies) {
    return { signal, credentials: cookies ? 'include' : 'omit', cache: 'no-store' };
}

/**
 * @param {string} url
 * @param {Response} response
 * @param {(url: string) => boolean} isAllowed
 */
function checkAnswer(url, response, isAllowed) {
    if (!isAllowed(response.url)) throw fetchFailure('PRIVATE_ADDRESS', response.url);
    const { ok, status } = response;
    if (!ok) throw fetchFailure(codeOf(status), url, { status });
}

/** @param {number} status */
function codeOf(status) {
    if (status === 401 || status === 403) return 'FETCH_REFUSED';
    if (status === 404 || status === 410) return 'FETCH_NOT_FOUND';
    if (status === 429 || status === 503) return 'FETCH_BUSY';
    return 'FETCH_FAILED';
}

/**
 * Read with a limit that holds while streaming, since a server may lie about the size.
 *
 * @param {Response} response
 * @param {(fraction: number) => void} onProgress
 * @param {() => void} beat
 */
async function readBody(response, onProgress, beat) {
    const expected = Number(response.headers.get('content-length'));
    if (expected > MAX_BYTES) throw tooLarge(expected);
    /** @type {Uint8Array<ArrayBuffer>[]} */
    const chunks = [];
    let received = 0;
    for await (const chunk of response.body ?? []) {
        beat();
        chunks.push(chunk);
        received += chunk.byteLength;
        if (received > MAX_BYTES) throw endless(response.url);
        if (expected > 0) onProgress(Math.min(1, received / expected));
    }
    return new Blob(chunks, { type: response.headers.get('content-type') ?? '' });
}

/**
 * What it is, by its bytes; whether it is a picture that can be read, the decoder says.
 *
 * @param {string} url
 * @param {Blob} body
 */
async function checkBody(url, body) {
    if (body.size === 0) throw fetchFailure('FETCH_EMPTY', url);
    const start = await body.slice(0, SNIFFED_BYTES).text();
    if (PAGE_START.test(start)) throw fetchFailure('FETCH_PAGE', url);
    return body;
}

/** @param {string} url */
function endless(url) {
    return fetchFailure('FETCH_ENDLESS', url, { limit_megabytes: Math.round(MAX_BYTES / 1e6) });
}

/** @param {number} bytes */
export function tooLarge(bytes) {
    return offcutError('IMAGE_TOO_LARGE', 'fetch', 'The file is too large.', {
        megabytes: Math.round(bytes / 1e6),
        limit_megabytes: Math.round(MAX_BYTES / 1e6),
    });
}

/**
 * The browser says only that it did not work. A second request, which stops at a redirect,
 * tells a server that sends us on from one that is not there.
 *
 * @param {string} url
 * @param {TypeError} error
 * @param {RequestInit} init
 */
async function unreachable(url, error, init) {
    const answer = await fetch(url, { ...init, redirect: 'manual' }).catch(() => null);
    if (answer?.type === 'opaqueredirect') return fetchFailure('FETCH_REDIRECTED', url);
    return fetchFailure('FETCH_FAILED', url, { reason: error.message });
}

/**
 * @param {import('../messages/failure.js').FailureCode} code
 * @param {string} url
 * @param {Record<string, string | number>} [facts]
 */
function fetchFailure(code, url, facts = {}) {
    const message = `${code} ${Object.values(facts).join(' ')}`;
    return offcutError(code, 'fetch', message, { host: new URL(url).host, ...facts });
}
