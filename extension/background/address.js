/**
 * @file A picture address that the user pasted: fetched with the right to its host.
 *
 * Decides: an address pasted into the popup: whether its host must be allowed first, and that its
 * job begins by itself once it is.
 *
 * The browser's question closes the popup that asked. So the address is put down in the
 * session's storage first, and goes on from here when the right has come.
 */

import { offcutError } from '../messages/failure.js';
import { api } from '../platform/browser.js';
import { pictureName } from '../settings/file_name.js';
import { openJob, supplyJob } from './open_job.js';

/** @type {Promise<void>} One after the other: an address must not be taken twice. */
let resuming = Promise.resolve();

/**
 * Begin a job for an address; without the right to its host, the job says so.
 *
 * @param {{ url: string, jobId?: string }} body  `http:`, `https:` or `data:`.
 */
export async function startAddress({ url, jobId = crypto.randomUUID() }) {
    await openJob({ jobId, name: pictureName(url), kept: true });
    await supplyJob(jobId, readableSource(url));
}

/**
 * @param {string} url
 * @returns {Promise<import('../messages/page_types.js').ImageSource>}
 * @throws {import('../messages/failure.js').OffcutError}  PERMISSION_NEEDED.
 */
async function readableSource(url) {
    if (url.startsWith('data:') || (await isAllowed(url))) return { kind: 'url', url };
    const detail = { host: new URL(url).host, url };
    throw offcutError('PERMISSION_NEEDED', 'fetch', 'The host may not be read yet.', detail);
}

/** Go on with the address that waits for a right, if it has come. */
export function resumeAddress() {
    resuming = resuming.then(takeAddress).catch((error) => console.error(error));
    return resuming;
}

async function takeAddress() {
    const { waitingAddress: url } = await api.storage.session.get('waitingAddress');
    if (typeof url !== 'string' || !(await isAllowed(url))) return;
    await api.storage.session.remove('waitingAddress');
    await startAddress({ url });
}

/** @param {string} url */
function isAllowed(url) {
    const { protocol, hostname } = new URL(url);
    return api.permissions.contains({ origins: [`${protocol}//${hostname}/*`] });
}
