/**
 * @file The engine's end of the worker that decodes HEIC: one for each picture, ended with it.
 *
 * Decides: how long a picture may take, and that the worker sees none before it is sealed.
 */

import { offcutError } from '../messages/failure.js';
import { requireSandboxed, WorkerHandle } from './worker_handle.js';

/** 48 megapixels of a phone take some six seconds on a slow machine. */
const LIMIT_MS = 90_000;

/**
 * @param {Blob} blob
 * @param {number} limit  Megapixels.
 * @returns {Promise<import('../messages/worker_types.js').HeifDecoded>}
 * @throws {import('../messages/failure.js').OffcutError}  CORRUPT_IMAGE, IMAGE_TOO_LARGE, TIMED_OUT,
 *     ENGINE_LOST if it takes more memory than there is.
 */
export async function decodeHeif(blob, limit) {
    const script = new URL('../heif/main.js', import.meta.url);
    const worker = new WorkerHandle('heif', script, {}, () => undefined);
    const tooSlow = () => worker.end(offcutError('TIMED_OUT', 'decode', 'It takes too long.'));
    const timer = setTimeout(tooSlow, LIMIT_MS);
    try {
        const { lockName, link } = worker;
        requireSandboxed(await link.request('heif.boot', { lockName }));
        const bytes = await blob.arrayBuffer();
        return await link.request('heif.decode', { bytes, limit }, [bytes]);
    } finally {
        clearTimeout(timer);
        worker.end(offcutError('CANCELLED', 'decode', 'The picture is decoded.'));
    }
}
