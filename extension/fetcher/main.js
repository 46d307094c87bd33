/**
 * @file The worker that fetches pictures by their address, so that the engine, which holds results,
 * need not reach any host. It has nothing of Offcut's but the addresses that it is given.
 *
 * Decides: that a request can be stopped.
 */

import { holdLock, WorkerLink } from '../messages/worker_link.js';
import { isPrivateHost } from '../platform/private_hosts.js';
import { downloadPicture } from './download_picture.js';

/** @typedef {import('../messages/worker_types.js').PictureRequest} PictureRequest */

/** @type {Map<number, AbortController>} */
const running = new Map();

const link = new WorkerLink(/** @type {any} */ (globalThis), {
    'fetcher.boot': ({ lockName }) => holdLock(link, lockName),
    'fetcher.fetch': fetchPicture,
    'fetcher.stop': ({ number }) => running.get(number)?.abort(),
});

/** @param {PictureRequest} request */
async function fetchPicture({ number, url, cookies, mayEnter, isOnline }) {
    const stop = new AbortController();
    running.set(number, stop);
    try {
        const blob = await downloadPicture(url, {
            signal: stop.signal,
            onProgress: (fraction) => link.tell('fetcher.progressed', { number, fraction }),
            cookies,
            isAllowed: (to) => mayEnter || !isPrivateHost(to),
            isOnline,
            note: (request) => link.tell('fetcher.asked', request),
        });
        return { blob };
    } finally {
        running.delete(number);
    }
}
