/**
 * @file Fetches the weights of a model: from where it stopped, with patience, from one source
 * after the other, and verified.
 */

import { DOWNLOAD } from '../messages/facts.js';
import { offcutError } from '../messages/failure.js';
import { findSegments, readSegment, SourceError } from './sources.js';
import { WrongBytesError } from './verified_writer.js';

/** @typedef {import('../messages/types.js').ModelEntry} ModelEntry */
/** @typedef {import('./verified_writer.js').VerifiedWriter} VerifiedWriter */
/** @typedef {(state: { received: number, host: string, waiting: boolean }) => void} Tell */

/**
 * Fetch what is missing.
 *
 * @param {ModelEntry} entry
 * @param {VerifiedWriter} writer
 * @param {AbortSignal} signal
 * @param {Tell} tell
 * @throws {import('../messages/failure.js').OffcutError}  DOWNLOAD_FAILED, WEIGHTS_MISMATCH.
 * @throws {DOMException}  AbortError, when it was stopped; what is here stays.
 */
export async function download(entry, writer, signal, tell) {
    /** @type {string[]} */
    const reasons = [];
    let isWrong = false;
    for (const source of entry.sources) {
        try {
            await fetchFrom(source, entry, writer, signal, tell);
            return;
        } catch (error) {
            signal.throwIfAborted();
            if (!(error instanceof SourceError || error instanceof WrongBytesError)) throw error;
            isWrong = error instanceof WrongBytesError;
            reasons.push(`${new URL(source.url).host}: ${error.message}`);
        }
    }
    const code = isWrong ? 'WEIGHTS_MISMATCH' : 'DOWNLOAD_FAILED';
    throw offcutError(code, 'load_model', `${entry.id} could not be fetched.`, {
        model: entry.id,
        title: entry.title,
        reason: reasons.join('; '),
    });
}

/**
 * @param {import('../messages/types.js').ModelSource} source
 * @param {ModelEntry} entry
 * @param {VerifiedWriter} writer
 * @param {AbortSignal} signal
 * @param {Tell} tell
 */
async function fetchFrom(source, entry, writer, signal, tell) {
    const { host } = new URL(source.url);
    let wrong = 0;
    let tries = 0;
    while (!writer.isComplete || !writer.verify()) {
        const before = writer.size;
        try {
            tell({ received: writer.size, host, waiting: false });
            await readAll(source, entry, writer, signal, (received) =>
                tell({ received, host, waiting: false }),
            );
            if (writer.isComplete && !writer.verify())
                throw new WrongBytesError('the file is another');
        } catch (error) {
            signal.throwIfAborted();
            // A failed connection is a TypeError; what is neither is no matter of patience.
            if (!(error instanceof TypeError || error instanceof WrongBytesError)) throw error;
            if (error instanceof WrongBytesError && ++wrong >= DOWNLOAD.max_wrong) throw error;
            if (writer.size > before) tries = 0;
            const wait = DOWNLOAD.back_off_s[tries++];
            if (wait === undefined) throw new SourceError(String(error));
            tell({ received: writer.size, host, waiting: true });
            await pause(wait * 1000, signal);
        }
    }
}

/**
 * Read every segment from where the writer stands.
 *
 * @param {import('../messages/types.js').ModelSource} source
 * @param {ModelEntry} entry
 * @param {VerifiedWriter} writer
 * @param {AbortSignal} signal
 * @param {(received: number) => void} onReceived
 */
async function readAll(source, entry, writer, signal, onReceived) {
    for (const segment of await findSegments(source, entry.bytes, signal)) {
        if (segment.end <= writer.size) continue;
        for await (const bytes of readSegment(segment, writer.size, signal)) {
            if (bytes.length > segment.end - writer.size) {
                throw new WrongBytesError('the file there is longer');
            }
            writer.append(bytes);
            onReceived(writer.size);
        }
        if (writer.size < segment.end) throw new TypeError('the connection was cut');
    }
}

/**
 * @param {number} milliseconds
 * @param {AbortSignal} signal
 * @returns {Promise<void>}
 */
function pause(milliseconds, signal) {
    return new Promise((resolve, reject) => {
        const timer = setTimeout(resolve, milliseconds);
        signal.addEventListener('abort', () => {
            clearTimeout(timer);
            reject(signal.reason);
        });
    });
}
