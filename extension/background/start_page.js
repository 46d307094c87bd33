/**
 * @file The start page, which a new user sees once, and its picture, which is there to be clicked.
 *
 * Decides: when the start page opens: after an installation, never after an update; that a right-click
 * on a picture of our own pages works although no script may enter them.
 */

import { api, OWN_ORIGIN } from '../platform/browser.js';
import { pictureName } from '../settings/file_name.js';
import { openJob, openResult } from './open_job.js';

const PAGE = 'welcome/welcome.html';

/** @param {chrome.runtime.InstalledDetails} details */
export async function welcome({ reason }) {
    if (reason === 'install') await api.tabs.create({ url: api.runtime.getURL(PAGE) });
}

/**
 * Whether a picture lies in our own package.
 *
 * @param {string} url
 */
export function isOurPicture(url) {
    return url.startsWith(OWN_ORIGIN);
}

/**
 * @param {string} url  Of a picture in our own package.
 * @param {chrome.tabs.Tab | undefined} tab
 */
export async function cutOutOurs(url, tab) {
    const jobId = crypto.randomUUID();
    const blob = await (await fetch(api.runtime.getURL(new URL(url).pathname))).blob();
    const job = openJob({ jobId, name: pictureName(url), source: { kind: 'blob', blob } });
    await Promise.all([job, openResult(jobId, tab)]);
}
