/**
 * @file Opens jobs in the engine, and the tabs that show them. Every job opens here; see
 * engine/engine.js for what each side may rely on.
 *
 * Decides: where the result tab opens (beside the clicked one), that the browser does not discard
 * it to save memory, and which options a job gets from the settings.
 */

import { EngineClient } from '../messages/engine_client.js';
import { toFailure } from '../messages/failure.js';
import { api } from '../platform/browser.js';
import { jobOptions } from '../settings/output_settings.js';
import { readSettings } from '../settings/settings.js';
import { engine, ensureEngine } from './engine_host.js';
import { UnfinishedJobs } from './unfinished_jobs.js';

/** @typedef {import('../messages/job_types.js').JobStart} JobStart */
/** @typedef {import('../messages/page_types.js').ImageSource} ImageSource */

const RESULT_PAGE = 'result/result.html';
/** @type {Set<Promise<unknown>>} Openings that the engine has not answered yet. */
const openings = new Set();
const unfinished = new UnfinishedJobs();

/**
 * Open a job in the engine, which is started if it is not there. If the engine ends before the
 * job does, the job is opened again in the next one.
 *
 * @param {JobStart & { jobId: string }} start  Without a source, the picture comes later.
 * @returns {Promise<void>}
 */
export function openJob(start) {
    unfinished.add(start);
    return beginOpening(start);
}

/**
 * Bring the picture of an open job, or say why it cannot be had.
 *
 * @param {string} jobId
 * @param {Promise<ImageSource>} collected
 */
export async function supplyJob(jobId, collected) {
    /** @type {{ source: ImageSource } | { failure: import('../messages/failure.js').Failure }} */
    const found = await collected.then(
        (source) => ({ source }),
        (error) => ({ failure: toFailure(error, 'fetch') }),
    );
    unfinished.complete(jobId, found);
    const type = 'source' in found ? 'job.supply' : 'job.fail';
    // If the engine has ended meanwhile, the job has been opened in the next one with all this.
    await ensureJobs();
    await engine.request(type, { jobId, ...found });
    await ensureJobs();
}

/**
 * A page of ours has a picture. It may be gone before this is done, so it hands the bytes over.
 *
 * @param {JobStart} start
 * @returns {Promise<{ jobId: string }>}
 */
export async function startJob({ jobId = crypto.randomUUID(), ...start }) {
    await openJob({ ...start, jobId });
    return { jobId };
}

/** Have an engine that knows every job that is not over, also one whose opening has just begun. */
export async function ensureJobs() {
    const hello = await ensureEngine();
    for (const start of unfinished.takeLost(hello.engine)) {
        beginOpening(start).catch((error) => console.warn('a job was lost:', error));
    }
    await Promise.allSettled(openings);
    return hello;
}

/** The engine, for who follows jobs. */
export const engineWithJobs = new EngineClient(ensureJobs);

/** An engine has ended: what it had not finished goes on in another one. */
export async function rescueJobs() {
    if (unfinished.size > 0) await ensureJobs();
}

/** Open nothing again of what is under way: the person erases everything. */
export function dropJobs() {
    unfinished.clear();
}

/** @param {import('../messages/job_types.js').JobsChanged} body */
export function noteJobs({ engine: id, unfinished: jobIds }) {
    unfinished.keep(id, jobIds);
}

/** @param {import('./unfinished_jobs.js').Start} start */
function beginOpening(start) {
    const opening = sendOpening(start).finally(() => openings.delete(opening));
    openings.add(opening);
    return opening;
}

/** @param {import('./unfinished_jobs.js').Start} start */
async function sendOpening({ options, failure, ...start }) {
    const { jobId } = start;
    try {
        const settings = await readSettings();
        const opening = { ...start, settings, options: options ?? jobOptions(settings) };
        const { engine: id } = await engine.request('job.open', opening);
        unfinished.opened(jobId, id);
        if (failure) await engine.request('job.fail', { jobId, failure });
    } catch (error) {
        unfinished.delete(jobId);
        throw error;
    }
}

/**
 * Whether a tab shows the page of a job, or is about to.
 *
 * @param {Pick<chrome.tabs.Tab, 'url' | 'pendingUrl'> | undefined} tab
 */
export function showsResult(tab) {
    const page = api.runtime.getURL(RESULT_PAGE);
    return [tab?.pendingUrl, tab?.url].some((url) => url?.startsWith(page));
}

/**
 * Open the page of a job, beside the tab that it was started from.
 *
 * @param {string} jobId
 * @param {chrome.tabs.Tab | undefined} tab
 * @param {string} [action]  That could not be done without the page, and is left to it.
 * @param {boolean} [active]  Whether it comes to the front.
 */
export async function openResult(jobId, tab, action = '', active = true) {
    const beside = tab && tab.index >= 0 ? { index: tab.index + 1, windowId: tab.windowId } : {};
    const opener = tab?.id !== undefined && tab.id >= 0 ? { openerTabId: tab.id } : {};
    const url = api.runtime.getURL(`${RESULT_PAGE}?job=${jobId}${action && `&then=${action}`}`);
    const created = await api.tabs
        .create({ url, active, ...beside, ...opener })
        .catch(() => api.tabs.create({ url, active })); // the tab is gone, or is being dragged
    // A tab that the browser discards to save memory would lose its cutout.
    if (created.id) await api.tabs.update(created.id, { autoDiscardable: false });
}
