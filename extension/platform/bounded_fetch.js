/**
 * @file One request for a picture, within limits of time and size: the only one there is, for
 * a page's content script and for the engine. The request itself is made by ask_network.js.
 *
 * Decides: the time limits, the largest file, what counts as no picture (a web page, no bytes), and
 * which failure an HTTP status becomes: FETCH_REFUSED, FETCH_NOT_FOUND, FETCH_BUSY, FETCH_SLOW.
 *
 * The browser injects content scripts as classic scripts, which can neither import nor export.
 * So this is a classic script, too, and what it is for stands in the global scope. The engine
 * imports it for that effect.
 */

/** @typedef {import('../messages/failure.js').Failure['code']} PictureCode */
/** @typedef {Error & { code: PictureCode, facts: Record<string, string | number> }} PictureError */

/**
 * @typedef {object} FetchHooks
 * @property {NoteRequest} note  Tells the ledger.
 * @property {AbortSignal} [signal]  Cancels the request.
 * @property {(fraction: number) => void} [onProgress]  0 to 1, only when the size is known.
 * @property {(response: Response) => void} [checkAnswer]  May throw, before the body is read.
 */

/** The limits of every download of a picture. */
function fetchLimits() {
    return {
        /** Larger files are not pictures that can be decoded within our limits. */
        maxBytes: 256 * 1024 * 1024,
        /** A server that sends nothing for so long has stopped. */
        stallMs: 30_000,
        /** One that is not done by then never will be. */
        totalMs: 120_000,
    };
}

/**
 * @param {string} url
 * @param {RequestInit} init
 * @param {FetchHooks} hooks
 * @returns {Promise<Blob>}
 * @throws {PictureError | TypeError}  FETCH_FAILED, FETCH_REFUSED, FETCH_NOT_FOUND, FETCH_BUSY,
 *     FETCH_PAGE, FETCH_EMPTY, FETCH_SLOW, FETCH_ENDLESS, IMAGE_TOO_LARGE; the browser's own
 *     TypeError when there is no answer that may be read.
 */
async function boundedFetch(url, init, { note, signal, onProgress, checkAnswer }) {
    const { stallMs, totalMs } = fetchLimits();
    const clock = new AbortController();
    const either = signal ? AbortSignal.any([signal, clock.signal]) : clock.signal;
    const total = setTimeout(() => clock.abort(totalMs), totalMs);
    let stall = setTimeout(() => clock.abort(stallMs), stallMs);
    const beat = () => {
        clearTimeout(stall);
        stall = setTimeout(() => clock.abort(stallMs), stallMs);
    };
    try {
        const purpose = { why: /** @type {const} */ ('picture'), note };
        const response = await askNetwork(url, { ...init, signal: either }, purpose);
        checkAnswer?.(response);
        const { ok, status } = response;
        if (!ok) throw pictureError(codeOfStatus(status), `answer ${status}`, { status });
        return await checkPicture(await readBody(response, beat, onProgress));
    } catch (error) {
        if (!clock.signal.aborted) throw error;
        const seconds = Number(clock.signal.reason) / 1000;
        throw pictureError('FETCH_SLOW', `nothing more in ${seconds} s`, { seconds });
    } finally {
        clearTimeout(total);
        clearTimeout(stall);
        clock.abort(0); // hangs up on a server that is still sending
    }
}

/** @param {number} status  Of an answer that is not the picture. */
function codeOfStatus(status) {
    if (status === 401 || status === 403) return 'FETCH_REFUSED';
    if (status === 404 || status === 410) return 'FETCH_NOT_FOUND';
    if (status === 429 || status === 503) return 'FETCH_BUSY';
    return 'FETCH_FAILED';
}

/**
 * Read with a limit that holds while streaming, since a server may lie about the size.
 *
 * @param {Response} response
 * @param {() => void} beat  Called whenever something has come.
 * @param {(fraction: number) => void} [onProgress]
 */
async function readBody(response, beat, onProgress) {
    const { maxBytes } = fetchLimits();
    const expected = Number(response.headers.get('content-length'));
    if (expected > maxBytes) throw pictureTooLarge(expected);
    /** @type {Uint8Array<ArrayBuffer>[]} */
    const chunks = [];
    let received = 0;
    // Not by `for await`: in Firefox a content script cannot iterate over a page's streams.
    const reader = response.body?.getReader();
    for (;;) {
        const { done, value: chunk } = (await reader?.read()) ?? { done: true, value: undefined };
        if (done) break;
        beat();
        chunks.push(chunk);
        received += chunk.byteLength;
        if (received > maxBytes) {
            const limit_megabytes = Math.round(maxBytes / 1e6);
            throw pictureError('FETCH_ENDLESS', 'no end', { limit_megabytes });
        }
        if (expected > 0) onProgress?.(Math.min(1, received / expected));
    }
    return new Blob(chunks, { type: response.headers.get('content-type') ?? '' });
}

/**
 * By its bytes, whatever it is called; whether it is a picture, the decoder says.
 *
 * @param {Blob} body
 */
async function checkPicture(body) {
    if (body.size === 0) throw pictureError('FETCH_EMPTY', 'no bytes');
    const start = await body.slice(0, 1024).text();
    const isPage = /^\s*(?:<!--[\s\S]*?-->\s*)?(?:<!doctype html|<html|<head|<body)/i.test(start);
    if (isPage) throw pictureError('FETCH_PAGE', 'a page');
    return body;
}

/** @param {number} bytes */
function pictureTooLarge(bytes) {
    return pictureError('IMAGE_TOO_LARGE', 'too large', {
        megabytes: Math.round(bytes / 1e6),
        limit_megabytes: Math.round(fetchLimits().maxBytes / 1e6),
    });
}

/**
 * @param {PictureCode} code
 * @param {string} message
 * @param {Record<string, string | number>} [facts]
 * @returns {PictureError}
 */
function pictureError(code, message, facts = {}) {
    return Object.assign(new Error(`${code}: ${message}`), { code, facts });
}

/**
 * @param {unknown} thrown
 * @returns {thrown is PictureError}  A DOMException has a code, too.
 */
function isPictureError(thrown) {
    return thrown instanceof Error && 'code' in thrown && 'facts' in thrown;
}

Object.assign(globalThis, { boundedFetch, fetchLimits, isPictureError, pictureTooLarge });
