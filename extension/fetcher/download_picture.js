/**
 * @file One request for a picture outside of its page, and what its outcome means.
 *
 * Decides: cookies sent or not, no cache, redirects (FETCH_REDIRECTED) and answers from the user's
 * own network (PRIVATE_ADDRESS), FETCH_FAILED. Limits of time and size are in
 * platform/bounded_fetch.js.
 */

import '../platform/ask_network.js';
import '../platform/bounded_fetch.js';
import { offcutError } from '../messages/failure.js';

/**
 * @typedef {object} Terms
 * @property {AbortSignal} signal
 * @property {(fraction: number) => void} onProgress
 * @property {boolean} cookies
 * @property {(url: string) => boolean} isAllowed  May the answer come from there?
 * @property {boolean} isOnline
 * @property {NoteRequest} note  Tells the ledger.
 */

/**
 * @param {string} url
 * @param {Terms} terms
 * @returns {Promise<Blob>}
 * @throws {import('../messages/failure.js').OffcutError}  What `boundedFetch` throws;
 *     FETCH_REDIRECTED, PRIVATE_ADDRESS.
 */
export async function downloadPicture(url, terms) {
    const { signal, onProgress, cookies, isAllowed, isOnline, note } = terms;
    const fetchFailure = failureMaker(isOnline);
    // No trace of the picture in the extension's cache; cookies only where the page's own
    // request has them.
    /** @type {RequestInit} */
    const init = { credentials: cookies ? 'include' : 'omit', cache: 'no-store' };
    const checkAnswer = (/** @type {Response} */ response) => {
        if (!isAllowed(response.url)) throw fetchFailure('PRIVATE_ADDRESS', response.url);
    };
    try {
        const hooks = { note, signal, onProgress, checkAnswer };
        return await boundedFetch(url, init, hooks);
    } catch (error) {
        if (isPictureError(error)) throw fetchFailure(error.code, url, error.facts);
        if (error instanceof TypeError) {
            if (await isSentOn(url, init, signal, note))
                throw fetchFailure('FETCH_REDIRECTED', url);
            throw fetchFailure('FETCH_FAILED', url, { reason: error.message });
        }
        throw error;
    }
}

/**
 * The browser says only that it did not work. A second request, which stops at a redirect,
 * tells a server that sends us on from one that is not there.
 *
 * @param {string} url
 * @param {RequestInit} init
 * @param {AbortSignal} cancelled
 * @param {NoteRequest} note
 */
async function isSentOn(url, init, cancelled, note) {
    const signal = AbortSignal.any([cancelled, AbortSignal.timeout(fetchLimits().stallMs)]);
    const stopping = { ...init, signal, redirect: /** @type {const} */ ('manual') };
    const purpose = { why: /** @type {const} */ ('picture'), note };
    const answer = await askNetwork(url, stopping, purpose).catch(() => null);
    return answer?.type === 'opaqueredirect';
}

/** @param {boolean} isOnline */
function failureMaker(isOnline) {
    /**
     * @param {import('../messages/failure.js').Failure['code']} code
     * @param {string} url
     * @param {Record<string, string | number>} [facts]
     */
    return (code, url, facts = {}) => {
        const message = `${code} ${Object.values(facts).join(' ')}`;
        /** @type {Record<string, string | number>} */
        const detail = { host: new URL(url).host, ...facts };
        if (!isOnline) detail.offline = 1;
        return offcutError(code, 'fetch', message, detail);
    };
}
