/**
 * @file One request of the engine for a picture, and what its outcome means.
 *
 * Decides: cookies sent or not, no cache, redirects (FETCH_REDIRECTED) and answers from the user's
 * own network (PRIVATE_ADDRESS), FETCH_FAILED. Limits of time and size are in
 * platform/bounded_fetch.js.
 */

import '../platform/ask_network.js';
import '../platform/bounded_fetch.js';
import { offcutError } from '../messages/failure.js';
import { noteRequest } from './note_request.js';

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
 * @throws {import('../messages/failure.js').OffcutError}  What `boundedFetch` throws;
 *     FETCH_REDIRECTED, PRIVATE_ADDRESS.
 */
export async function downloadPicture(url, { signal, onProgress, cookies, isAllowed }) {
    // No trace of the picture in the extension's cache; cookies only where the page's own
    // request has them.
    /** @type {RequestInit} */
    const init = { credentials: cookies ? 'include' : 'omit', cache: 'no-store' };
    const checkAnswer = (/** @type {Response} */ response) => {
        if (!isAllowed(response.url)) throw fetchFailure('PRIVATE_ADDRESS', response.url);
    };
    try {
        const hooks = { note: noteRequest, signal, onProgress, checkAnswer };
        return await boundedFetch(url, init, hooks);
    } catch (error) {
        if (isPictureError(error)) throw fetchFailure(error.code, url, error.facts);
        if (error instanceof TypeError) throw await unreachable(url, error, init, signal);
        throw error;
    }
}

/**
 * The browser says only that it did not work. A second request, which stops at a redirect,
 * tells a server that sends us on from one that is not there.
 *
 * @param {string} url
 * @param {TypeError} error
 * @param {RequestInit} init
 * @param {AbortSignal} cancelled
 */
async function unreachable(url, error, init, cancelled) {
    const signal = AbortSignal.any([cancelled, AbortSignal.timeout(fetchLimits().stallMs)]);
    const stopping = { ...init, signal, redirect: /** @type {const} */ ('manual') };
    const purpose = { why: /** @type {const} */ ('picture'), note: noteRequest };
    const answer = await askNetwork(url, stopping, purpose).catch(() => null);
    if (answer?.type === 'opaqueredirect') return fetchFailure('FETCH_REDIRECTED', url);
    return fetchFailure('FETCH_FAILED', url, { reason: error.message });
}

/**
 * @param {import('../messages/failure.js').Failure['code']} code
 * @param {string} url
 * @param {Record<string, string | number>} [facts]
 */
function fetchFailure(code, url, facts = {}) {
    const message = `${code} ${Object.values(facts).join(' ')}`;
    /** @type {Record<string, string | number>} */
    const detail = { host: new URL(url).host, ...facts };
    if (globalThis.navigator?.onLine === false) detail.offline = 1;
    return offcutError(code, 'fetch', message, detail);
}
