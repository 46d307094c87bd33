/**
 * @file Begins a job: in the engine, and with a tab that shows it.
 */

import { request } from '../messages/request.js';
import { api } from '../platform/browser.js';
import { jobOptions } from '../settings/output_settings.js';
import { readSettings } from '../settings/settings.js';
import { ensureEngine } from './engine_host.js';

/**
 * A picture that the popup has. The popup may be gone before this is done, so it hands the
 * bytes over; the engine keeps the job for the popup's list.
 *
 * @param {import('../messages/job_types.js').PictureStart} body
 */
export async function startPicture({ name, blob }) {
    await openJob(crypto.randomUUID(), name, { kind: 'blob', blob }, true);
}

/**
 * @param {string} jobId
 * @param {string} name
 * @param {import('../messages/page_types.js').ImageSource} [source]  If it is already here.
 * @param {boolean} [kept]  Whether the job lives on without a page.
 * @param {import('../messages/job_types.js').JobOptions} [options]  Other than the settings say.
 */
export async function openJob(jobId, name, source, kept = false, options = {}) {
    const [settings] = await Promise.all([readSettings(), ensureEngine()]);
    await request('engine', 'job.open', {
        jobId,
        name,
        settings,
        options: { ...jobOptions(settings), ...options },
        source,
        kept,
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
