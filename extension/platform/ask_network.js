/**
 * @file The one function by which Offcut asks a host for anything. Each request is told to the
 * ledger, which a person can read, before it is made and when it is over.
 *
 * Decides: what the ledger learns of a request: when, the whole address, why (a picture, a model),
 * what came of it and where a redirect led. What lies in this machine (`data:`, `blob:`, `file:`,
 * our own package) is none of the network's, and is not told.
 *
 * A classic script, since content scripts cannot import; modules import it for its effect.
 */

/** @typedef {'picture' | 'model'} RequestReason */

/**
 * One request. It is told twice, with the same id; what never comes back stays `asked`.
 *
 * @typedef {object} NotedRequest
 * @property {string} id
 * @property {number} at  When it was made, in ms since 1970.
 * @property {string} url
 * @property {RequestReason} why
 * @property {'asked' | 'answered' | 'failed'} outcome
 * @property {number} [status]  Of the answer; 0 where the browser hides it.
 * @property {string} [to]  Where the answer came from, if it was sent on.
 * @property {boolean} [sentOn]  It was sent on, and the browser does not say where.
 * @property {boolean} [unsaid]  Of a request that failed: the browser does not say if it was sent on.
 */

/** @typedef {(request: NotedRequest) => void} NoteRequest  Tells the ledger. */

/**
 * @param {string} url
 * @param {RequestInit} init
 * @param {{ why: RequestReason, note: NoteRequest }} purpose
 * @returns {Promise<Response>}
 * @throws {TypeError | DOMException}  What `fetch` throws.
 */
async function askNetwork(url, init, { why, note }) {
    if (!/^https?:/i.test(url)) return fetch(url, init);
    const request = newRequest(url, why);
    note(request);
    try {
        const response = await fetch(request.url, init);
        note({ ...request, outcome: 'answered', ...answerOf(response) });
        return response;
    } catch (error) {
        const isUnsaid =
            isNetworkError(error) && new URL(url).origin !== globalThis.location?.origin;
        note({ ...request, outcome: 'failed', ...(isUnsaid && { unsaid: true }) });
        throw error;
    }
}

/**
 * What `fetch` throws of a network that fails, or of an answer that must not be read.
 *
 * @param {unknown} error  In Firefox a content script gets one of the page's, no instance of its own.
 */
function isNetworkError(error) {
    return /** @type {Partial<Error> | null} */ (error)?.name === 'TypeError';
}

/** @param {Response} response */
function answerOf({ status, redirected, type, url }) {
    if (type === 'opaqueredirect') return { status, sentOn: true };
    return redirected ? { status, to: url } : { status };
}

/**
 * @param {string} url
 * @param {RequestReason} why
 * @returns {NotedRequest}
 */
function newRequest(url, why) {
    const at = Date.now();
    // crypto.randomUUID is not there in a page that came over http.
    return { id: `${at}-${Math.random()}`, at, url: plainAddress(url), why, outcome: 'asked' };
}

/**
 * Without the name and password that an address may hold: they are nobody's to send or to list.
 *
 * @param {string} url
 */
function plainAddress(url) {
    if (!/^https?:/i.test(url) || !URL.canParse(url)) return url;
    const plain = new URL(url);
    if (!plain.username && !plain.password) return url;
    plain.username = '';
    plain.password = '';
    return plain.href;
}

Object.assign(globalThis, { askNetwork, isNetworkError, newRequest, plainAddress });
