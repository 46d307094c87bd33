/**
 * @file The context menu entry, and what a click on it means.
 */

import { toFailure } from '../messages/failure.js';
import { request } from '../messages/request.js';
import { api } from '../platform/browser.js';
import { pictureName } from '../settings/file_name.js';
import { collectPicture } from './picture.js';
import { openJob, openResult } from './start_job.js';

const ENTRY_ID = 'remove_background';

/** Create the one menu entry; the browser keeps it until the next update. */
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
