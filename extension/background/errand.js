/**
 * @file A click that ends without a page of ours: in a file, on the clipboard, or in the clicked
 * page. It comes to an end that can be seen, whatever is ended on the way.
 *
 * The browser may end this service worker at any time. So what is to be done is put down in the
 * session's storage, and the next service worker goes on with it; the engine wakes one when it
 * misses the former.
 */

import { readSession, removeFromSession, writeSession } from '../platform/session_store.js';
import { finishJob } from './finish.js';
import { followJob } from './follow_job.js';
import { openJob, openResult, supplyJob } from './open_job.js';
import { PageMark } from './page_mark.js';
import { collectPicture } from './picture.js';

const PREFIX = 'errand:';

/**
 * @typedef {object} Errand
 * @property {import('../messages/job_types.js').JobStart & { jobId: string }} start
 * @property {import('../settings/settings.js').ClickAction} action
 * @property {chrome.tabs.Tab | undefined} tab
 * @property {import('./picture.js').Clicked} clicked
 * @property {boolean} [isFinishing]  Begun again from here, it might be done twice.
 */

/** @type {Set<string>} Jobs of the errands that this service worker runs. */
const running = new Set();

/**
 * Cut a picture out and do with it what the click asked for. What cannot be finished without a
 * page gets one, which says why.
 *
 * @param {Errand} errand
 */
export async function runErrand(errand) {
    const { start, action, tab, clicked } = errand;
    const { jobId } = start;
    if (running.has(jobId)) return;
    running.add(jobId);
    const { tabId, frameId, picture } = clicked;
    const mark = new PageMark({ tabId, frameId, number: picture?.number ?? -1 });
    try {
        await putDown(errand);
        await openJob({ ...start, isPatient: true });
        const followed = followJob(jobId, tabId, mark);
        await supplyJob(jobId, collectPicture(clicked));
        const { last, release } = await followed;
        mark.end(await finish(errand, last).finally(release));
    } catch (error) {
        console.warn(`${action} failed:`, error);
        if (running.has(jobId)) await openResult(jobId, tab, action);
    } finally {
        mark.end();
        await removeFromSession(PREFIX + jobId);
        running.delete(jobId);
    }
}

/** Let all errands end without a word: the person erases everything. */
export function dropErrands() {
    running.clear();
}

/** Go on with the errands of a service worker that was ended. */
export async function resumeErrands() {
    const stored = await readSession();
    const errands = Object.keys(stored).filter((key) => key.startsWith(PREFIX));
    await Promise.allSettled(errands.map((key) => resume(stored[key])));
}

/** @param {Errand} errand */
async function resume(errand) {
    const { start, action, tab, isFinishing } = errand;
    if (running.has(start.jobId)) return;
    if (!isFinishing) {
        await runErrand(errand);
        return;
    }
    await removeFromSession(PREFIX + start.jobId);
    await openResult(start.jobId, tab, action);
}

/**
 * @param {Errand} errand
 * @param {import('../messages/job_types.js').JobSnapshot | null} last
 * @returns {Promise<string>}  What to say of it on the picture.
 */
async function finish(errand, last) {
    const { start, action, tab, clicked } = errand;
    if (last?.state === 'done') {
        await putDown({ ...errand, isFinishing: true });
        return finishJob(action, last, clicked);
    }
    if (last?.state !== 'cancelled' && running.has(start.jobId)) await openResult(start.jobId, tab);
    return '';
}

/** @param {Errand} errand */
async function putDown(errand) {
    await writeSession({ [PREFIX + errand.start.jobId]: errand })
        // A picture that its address holds can be too large; then it depends on this service worker.
        .catch((error) => console.warn('an errand was not put down:', error));
}
