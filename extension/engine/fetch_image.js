/**
 * @file Image source -> Blob: the only place in the engine that touches the network.
 */

import { offcutError } from '../messages/failure.js';

/** Larger files are not pictures that we could decode within our limits. */
export const MAX_BYTES = 256 * 1024 * 1024;
/** A server that sends nothing for so long has stopped. */
const STALL_MS = 30_000;

/**
 * Get the bytes of a picture.
 *
 * @param {import('../messages/types.js').ImageSource} source
 * @param {AbortSignal} signal
 * @param {(fraction: number) => void} onProgress  0 to 1, only when the size is known.
 * @returns {Promise<Blob>}
 * @throws {import('../messages/failure.js').OffcutError}  FETCH_FAILED, IMAGE_TOO_LARGE,
 *     EMPTY_FILE, TIMED_OUT.
 */
export async function fetchImage(source, signal, onProgress) {
    const blob =
        source.kind === 'blob' ? source.blob : await download(source.url, signal, onProgress);
    if (blob.size === 0) {
        throw offcutError('EMPTY_FILE', 'fetch', 'The picture has no bytes.');
    }
    if (blob.size > MAX_BYTES) throw tooLarge(blob.size);
    return blob;
}

/**
 * @param {string} url
 * @param {AbortSignal} signal
 * @param {(fraction: number) => void} onProgress
 */
async function download(url, signal, onProgress) {
    const stall = new AbortController();
    const either = AbortSignal.any([signal, stall.signal]);
    let timer = setTimeout(() => stall.abort(), STALL_MS);
    const beat = () => {
        clearTimeout(timer);
        timer = setTimeout(() => stall.abort(), STALL_MS);
    };
    try {
        // No cookies: the page's own reading, which has them, was tried before. And no trace
        // of the picture in the extension's cache.
        const response = await fetch(url, {
            signal: either,
            credentials: 'omit',
            cache: 'no-store',
        });
        if (!response.ok) {
            throw offcutError('FETCH_FAILED', 'fetch', `The server answered ${response.status}.`, {
                status: response.status,
                host: new URL(url).host,
            });
        }
        return await readBody(response, onProgress, beat);
    } catch (error) {
        if (stall.signal.aborted) throw timedOut(url);
        if (error instanceof TypeError) throw unreachable(url, error);
        throw error;
    } finally {
        clearTimeout(timer);
    }
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
        if (received > MAX_BYTES) throw tooLarge(received);
        if (expected > 0) onProgress(Math.min(1, received / expected));
    }
    return new Blob(chunks, { type: response.headers.get('content-type') ?? '' });
}

/** @param {number} bytes */
function tooLarge(bytes) {
    return offcutError('IMAGE_TOO_LARGE', 'fetch', 'The file is too large.', {
        megabytes: Math.round(bytes / 1e6),
        limit_megabytes: Math.round(MAX_BYTES / 1e6),
    });
}

/** @param {string} url */
function timedOut(url) {
    return offcutError('TIMED_OUT', 'fetch', 'The server stopped sending.', {
        seconds: STALL_MS / 1000,
        host: new URL(url).host,
    });
}

/**
 * @param {string} url
 * @param {TypeError} error
 */
function unreachable(url, error) {
    return offcutError('FETCH_FAILED', 'fetch', error.message, { host: new URL(url).host });
}
