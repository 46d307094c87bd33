/**
 * @file A worker that decodes HEIC and HEIF pictures, as iPhones take them, where the browser cannot:
 * with libheif. It is started for one picture, and its memory goes with it.
 *
 * Decides: nothing of its own: how a picture is decoded is in decode_heif.js.
 */

import { holdLock, WorkerLink, withTransfer } from '../messages/worker_link.js';
import { sandboxWorker } from '../platform/sandbox.js';
import startLibheif from '../vendor/libheif/libheif-bundle.mjs';
import { decodeHeif } from './decode_heif.js';

const library = await startLibheif();

const link = new WorkerLink(/** @type {any} */ (globalThis), {
    'heif.boot': ({ lockName }) => {
        holdLock(link, lockName);
        return { leaks: sandboxWorker() };
    },
    'heif.decode': async ({ bytes, limit }) => {
        const decoded = await decodeHeif(library, new Uint8Array(bytes), limit);
        return withTransfer(decoded, [decoded.buffer]);
    },
});
