/**
 * @file The context menu entry, and what a click on it means.
 */

import { toFailure } from '../messages/failure.js';
import { request } from '../messages/request.js';
import { api } from '../platform/browser.js';
import { pictureName } from '../settings/file_name.js';
import { readSettings } from '../settings/settings.js';
import { ensureEngine } from './engine_host.js';
import { collectPicture } from './picture.js';

const ENTRY_ID = 'remove_background';

/** Create the one menu entry; runs on install, update and browser start. */
export async function createMenu() {
    await api.contextMenus.removeAll();
    api.contextMenus.create({
        id: ENTRY_ID,
        title: api.i18n.getMessage('menu_remove_background'),
        contexts: ['image'],
    });
}

/**
 * @param {chrome.contextMenus.OnClickData} info
 * @param {chrome.tabs.Tab | undefined} tab
 */
export async function onMenuClicked(info, tab) {
    if (info.menuItemId !== ENTRY_ID) return;
    const jobId = crypto.randomUUID();
    const name = pictureName(info.srcUrl ?? '');
    // The page opens at once; the engine and the picture are got ready behind it.
    const opened = openResult(jobId, tab);
    const started = openJob(jobId, name);
    const collected = collectPicture(info, tab).then(
        (source) => ({ type: 'job.supply', body: { jobId, source } }),
        (error) => ({ type: 'job.fail', body: { jobId, failure: toFailure(error, 'fetch') } }),
    );
    await Promise.all([opened, started]);
    const { type, body } = await collected;
    await request('engine', type, body);
}

/**
 * @param {string} jobId
 * @param {string} name
 */
async function openJob(jobId, name) {
    const [settings] = await Promise.all([readSettings(), ensureEngine()]);
    await request('engine', 'job.open', { jobId, name, settings });
}

/**
 * @param {string} jobId
 * @param {chrome.tabs.Tab | undefined} tab
 */
async function openResult(jobId, tab) {
    const beside = tab && tab.index >= 0 ? { index: tab.index + 1, windowId: tab.windowId } : {};
    const opener = tab?.id !== undefined && tab.id >= 0 ? { openerTabId: tab.id } : {};
    const url = api.runtime.getURL(`result/result.html?job=${jobId}`);
    await api.tabs.create({ url, ...beside, ...opener });
}
