/**
 * @file Collects the clicked picture of a job that a page shows already. The job gets its picture,
 * or hears why there is none, whatever is ended on the way.
 *
 * The browser may end this service worker at any time. So what is to be collected is put down in
 * the session's storage, and the next service worker begins it again; the engine wakes one when it
 * misses the former and a job still waits. What no page shows: errand.js.
 */

import { readSession, removeFromSession, writeSession } from '../platform/session_store.js';
import { supplyJob } from './open_job.js';
import { collectPicture } from './picture.js';

const PREFIX = 'collect:';

/** @typedef {import('./picture.js').Clicked} Clicked */

/** @type {Set<string>} Jobs for which this service worker collects. */
const running = new Set();
/** @type {Set<string>} Those of them that are over, since the person erased everything. */
const dropped = new Set();

/**
 * A job is being opened whose picture is still looked for in its page.
 *
 * @param {string} jobId
 * @param {Clicked} clicked  As far as it is known.
 */
export async function noteCollecting(jobId, clicked) {
    running.add(jobId);
    await writeSession({ [PREFIX + jobId]: clicked })
        // A picture that its address holds can be too large; then it depends on this service worker.
        .catch((error) => console.warn('a click was not put down:', error));
}

/**
 * @param {string} jobId
 * @param {Clicked} clicked
 */
export async function supplyClicked(jobId, clicked) {
    await noteCollecting(jobId, clicked);
    await supplyAndEnd(jobId, collectPicture(clicked));
}

/**
 * @param {string} jobId
 * @param {unknown} problem  Why there is nothing to collect.
 */
export async function supplyProblem(jobId, problem) {
    await supplyAndEnd(jobId, Promise.reject(problem));
}

/** Let what is being collected reach nobody: the person erases everything. */
export function dropCollecting() {
    for (const jobId of running) dropped.add(jobId);
}

/** Go on with what a service worker that was ended has not brought. */
export async function resumeCollecting() {
    const stored = await readSession();
    const left = Object.keys(stored)
        .filter((key) => key.startsWith(PREFIX))
        .map((key) => key.slice(PREFIX.length))
        .filter((jobId) => !running.has(jobId));
    await Promise.allSettled(left.map((jobId) => supplyClicked(jobId, stored[PREFIX + jobId])));
}

/**
 * @param {string} jobId
 * @param {Promise<import('./picture.js').ImageSource>} collected
 */
async function supplyAndEnd(jobId, collected) {
    try {
        await collected.catch(() => undefined);
        if (!dropped.delete(jobId)) await supplyJob(jobId, collected);
    } finally {
        await removeFromSession(PREFIX + jobId);
        running.delete(jobId);
    }
}
