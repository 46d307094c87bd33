/**
 * @file A picture address that a person pasted: fetched with the right to its host.
 *
 * Decides: an address pasted into the popup or the result page: that its job says which host must be
 * allowed first, and that another takes its place by itself once it is.
 *
 * The browser's question closes the popup that asked. So what waits for a right is put down in the
 * session's storage, and goes on from here when the right has come, wherever it was given.
 */

import { addressSource } from '../messages/address_source.js';
import { toFailure } from '../messages/failure.js';
import { mayRead } from '../platform/host_right.js';
import { readSession, removeFromSession, writeSession } from '../platform/session_store.js';
import { pictureName } from '../settings/file_name.js';
import { engine } from './engine_host.js';
import { openJob, supplyJob } from './open_job.js';

/** Begins the keys of addresses that wait; each ends with the job that says so. */
const WAITING = 'waiting ';

/** @type {Promise<void>} One after the other: an address must not be taken twice. */
let resuming = Promise.resolve();

/**
 * Begin a job for an address; without the right to its host, the job says so.
 *
 * @param {{ url: string, jobId?: string, isPatient?: boolean }} body  `http:`, `https:` or `data:`.
 */
export async function startAddress({ url, jobId = crypto.randomUUID(), isPatient = true }) {
    await openJob({ jobId, name: pictureName(url), kept: true, isPatient });
    const source = addressSource(url);
    const isReadable = await source.then(
        () => true,
        (error) => toFailure(error, 'fetch').code !== 'PERMISSION_NEEDED',
    );
    if (!isReadable) await writeSession({ [WAITING + jobId]: url });
    await supplyJob(jobId, source);
}

/** Go on with the addresses whose right has come. */
export function resumeAddresses() {
    resuming = resuming.then(takeAddresses).catch((error) => console.error(error));
    return resuming;
}

async function takeAddresses() {
    const stored = await readSession();
    for (const [key, url] of Object.entries(stored)) {
        if (!key.startsWith(WAITING) || !(await mayRead(String(url)))) continue;
        await removeFromSession(key);
        // A page that shows the job goes on by itself; one that the person has removed does not.
        const jobId = key.slice(WAITING.length);
        const { forgotten } = await engine.request('job.forget', { jobId });
        if (forgotten) await startAddress({ url: String(url) });
    }
}
