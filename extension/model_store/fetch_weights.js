/**
 * @file Fetches and verifies the weights of a model: continues where it stopped, tries again after
 * a failure, and tries one source after the other.
 *
 * Decides: how often and after which pauses a download is tried again, when the next source is
 * taken, DOWNLOAD_FAILED and WEIGHTS_MISMATCH. The numbers come from py/offcut/weights/ by
 * messages/facts.js.
 */

import { DOWNLOAD } from '../messages/facts.js';
import { offcutError } from '../messages/failure.js';
import { findSegments, readSegment, SourceError } from './sources.js';
import { WrongBytesError } from './verified_writer.js';

/** @typedef {import('../messages/model_types.js').ModelEntry} ModelEntry */
/** @typedef {import('./verified_writer.js').VerifiedWriter} VerifiedWriter */
/** @typedef {(state: { received: number, host: string, waiting: boolean }) => void} OnProgress */

/**
 * Fetch what the writer lacks.
 *
 * @param {ModelEntry} entry
 * @param {VerifiedWriter} writer
 * @param {AbortSignal} signal
 * @param {OnProgress} onProgress
 * @throws {import('../messages/failure.js').OffcutError}  DOWNLOAD_FAILED, WEIGHTS_MISMATCH.
 * @throws {DOMException}  AbortError, if it was stopped; what has arrived stays.
 */
export async function fetchWeights(entry, writer, signal, onProgress) {
    /** @type {string[]} */
    const reasons = [];
    let isWrong = false;
    for (const source of entry.sources) {
        try {
            await fetchFrom(source, entry, writer, signal, onProgress);
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
        ...(globalThis.navigator?.onLine === false && { offline: 1 }),
    });
}

/**
 * Fetch from one source until the file is whole and right.
 *
 * @param {import('../messages/model_types.js').ModelSource} source
 * @param {ModelEntry} entry
 * @param {VerifiedWriter} writer
 * @param {AbortSignal} signal
 * @param {OnProgress} onProgress
 */
async function fetchFrom(source, entry, writer, signal, onProgress) {
    const { host } = new URL(source.url);
    const report = (/** @type {number} */ received) =>
        onProgress({ received, host, waiting: false });
    let wrong = 0;
    let tries = 0;
    while (!writer.isComplete || !writer.verify()) {
        const before = writer.size;
        try {
            report(writer.size);
            await readAll(source, entry, writer, signal, report);
            if (writer.isComplete && !writer.verify())
                throw new WrongBytesError('the file is another');
        } catch (error) {
            signal.throwIfAborted();
            if (!mayPass(error)) throw error;
            if (error instanceof WrongBytesError && ++wrong >= DOWNLOAD.max_wrong) throw error;
            if (writer.size > before) tries = 0;
            const wait = DOWNLOAD.back_off_s[tries++];
            if (wait === undefined) throw new SourceError(String(error));
            onProgress({ received: writer.size, host, waiting: true });
            await pause(wait * 1000, signal);
        }
    }
}

/**
 * Whether another try at the same source may help.
 *
 * @param {unknown} error
 */
function mayPass(error) {
    // fetch() reports a failed connection as a TypeError.
    return error instanceof TypeError || error instanceof WrongBytesError;
}

/**
 * Read every segment, from the writer's position on.
 *
 * @param {import('../messages/model_types.js').ModelSource} source
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
