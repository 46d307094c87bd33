/**
 * @file Opens jobs in the engine, and the tabs that show them. Every job opens here; see
 * engine/engine.js for what each side may rely on.
 *
 * Decides: where the result tab opens (beside the clicked one), that the browser does not discard
 * it to save memory, and which options a job gets from the settings.
 */

import { request } from '../messages/request.js';
import { api } from '../platform/browser.js';
import { jobOptions } from '../settings/output_settings.js';
import { readSettings } from '../settings/settings.js';
import { ensureEngine } from './engine_host.js';

/** @type {Set<Promise<unknown>>} Openings that the engine has not answered yet. */
const openings = new Set();

/**
 * Open a job in the engine, which is started if it is not there.
 *
 * @param {import('../messages/job_types.js').JobStart & { jobId: string }} start  Without a
 *     source, the picture comes later.
 * @returns {Promise<void>}
 */
export function openJob(start) {
    const opening = sendOpening(start).finally(() => openings.delete(opening));
    openings.add(opening);
    return opening;
}

/**
 * A page of ours has a picture. It may be gone before this is done, so it hands the bytes over.
 *
 * @param {import('../messages/job_types.js').JobStart} start
 * @returns {Promise<{ jobId: string }>}
 */
export async function startJob(start) {
    const jobId = crypto.randomUUID();
    await openJob({ ...start, jobId });
    return { jobId };
}

/** Have an engine that knows every job whose opening has begun. */
export async function ensureJobs() {
    await ensureEngine();
    await Promise.allSettled(openings);
}

/** @param {Parameters<typeof openJob>[0]} start */
async function sendOpening({ options, ...start }) {
    const [settings] = await Promise.all([readSettings(), ensureEngine()]);
    await request('engine', 'job.open', {
        ...start,
        settings,
        options: options ?? jobOptions(settings),
    });
}

/**
 * Open the page of a job, beside the tab that it was started from.
 *
 * @param {string} jobId
 * @param {chrome.tabs.Tab | undefined} tab
 * @param {string} [action]  That could not be done without the page, and is left to it.
 */
export async function openResult(jobId, tab, action = '') {
    const beside = tab && tab.index >= 0 ? { index: tab.index + 1, windowId: tab.windowId } : {};
    const opener = tab?.id !== undefined && tab.id >= 0 ? { openerTabId: tab.id } : {};
    const url = api.runtime.getURL(`result/result.html?job=${jobId}${action && `&then=${action}`}`);
    const created = await api.tabs
        .create({ url, ...beside, ...opener })
        .catch(() => api.tabs.create({ url })); // the tab is gone, or is being dragged
    // A tab that the browser discards to save memory would lose its cutout.
    if (created.id) await api.tabs.update(created.id, { autoDiscardable: false });
}
