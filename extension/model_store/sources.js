/**
 * @file The sources of a model's bytes: one address, or a list of pieces, read in ranges.
 *
 * Decides: how long a silent server is waited for, ranges, which HTTP statuses pass by themselves,
 * pieces that do not make up the file.
 */

import '../platform/ask_network.js';
import { DOWNLOAD } from '../messages/facts.js';
import { noteRequest } from './note_request.js';

/** After this time without a byte the connection counts as dead. */
const SILENCE_MS = DOWNLOAD.silence_s * 1000;
/** @type {ReadonlySet<number>} Statuses after which another try may succeed. */
const TEMPORARY = new Set(DOWNLOAD.passing);

/** @typedef {import('../messages/model_types.js').ModelSource} ModelSource */
/** @typedef {{ url: string, start: number, end: number }} Segment  Bytes of the whole file. */

/** This source is of no use; another one may be. */
export class SourceError extends Error {}

/**
 * Find the address of each segment of the file.
 *
 * @param {ModelSource} source
 * @param {number} bytes  Of the whole file.
 * @param {AbortSignal} signal
 * @returns {Promise<Segment[]>}
 * @throws {SourceError}
 */
export async function findSegments({ url, key }, bytes, signal) {
    if (key === undefined) return [{ url, start: 0, end: bytes }];
    const response = await open(url, 0, signal);
    /** @type {Record<string, { chunks: { name?: string, hash?: string, offsets: [number, number] }[] }>} */
    const listing = await response.json().catch(() => ({}));
    const segments = (listing[key]?.chunks ?? []).map(({ name, hash, offsets }) => ({
        url: new URL(hash ?? name ?? '', url).href,
        start: offsets[0],
        end: offsets[1],
    }));
    const isWhole =
        segments[0]?.start === 0 &&
        segments.at(-1)?.end === bytes &&
        segments.every(
            ({ end }, at) => at + 1 === segments.length || segments[at + 1]?.start === end,
        );
    if (!isWhole) throw new SourceError(`the list does not make up a file of ${bytes} bytes`);
    return segments;
}

/**
 * Read from a byte of the file to the end of its segment.
 *
 * @param {Segment} segment
 * @param {number} from  Position in the whole file.
 * @param {AbortSignal} signal
 * @returns {AsyncGenerator<Uint8Array<ArrayBuffer>>}
 * @throws {SourceError}
 * @throws {TypeError}  When the connection fails.
 */
export async function* readSegment(segment, from, signal) {
    const dead = new AbortController();
    const stop = AbortSignal.any([signal, dead.signal]);
    const giveUp = () => dead.abort(new TypeError('the server has fallen silent'));
    let timer = setTimeout(giveUp, SILENCE_MS);
    try {
        const response = await open(segment.url, from - segment.start, stop);
        // A server that ignores the range sends everything from the start.
        let skip = response.status === 206 ? 0 : from - segment.start;
        const stream = /** @type {ReadableStream<Uint8Array<ArrayBuffer>>} */ (response.body);
        for await (const bytes of /** @type {any} */ (stream)) {
            clearTimeout(timer);
            timer = setTimeout(giveUp, SILENCE_MS);
            const fresh = bytes.subarray(Math.min(skip, bytes.length));
            skip -= bytes.length - fresh.length;
            if (fresh.length > 0) yield fresh;
        }
    } finally {
        clearTimeout(timer);
    }
}

/**
 * @param {string} url
 * @param {number} from
 * @param {AbortSignal} signal
 */
async function open(url, from, signal) {
    /** @type {Record<string, string>} */
    const headers = from > 0 ? { Range: `bytes=${from}-` } : {};
    /** @type {RequestInit} */
    const init = {
        headers,
        signal,
        credentials: 'omit',
        referrerPolicy: 'no-referrer',
        cache: 'no-store',
    };
    const response = await askNetwork(url, init, { why: 'model', note: noteRequest });
    if (TEMPORARY.has(response.status)) throw new TypeError(`status ${response.status}`);
    if (!response.ok) throw new SourceError(`status ${response.status}`);
    const range = response.headers.get('Content-Range');
    if (response.status === 206 && range !== null && !range.startsWith(`bytes ${from}-`)) {
        throw new SourceError('another range came than was asked for');
    }
    return response;
}
