/**
 * @file A region of the visible tab: drawn by the person over the page, cut out of a screenshot at
 * the screen's own pixels.
 *
 * Decides: that its cut-out opens beside the tab, and what it is called (the tab's title).
 */

import { api } from '../platform/browser.js';
import { pictureName } from '../settings/file_name.js';
import { askFrame, enterFrames } from './content_script.js';
import { openResult, startJob } from './open_job.js';
import { cropShot } from './screen.js';

/**
 * Have the person draw a region. Done as soon as that can be done; the rest follows.
 *
 * @param {{ tabId: number }} body
 * @throws {import('../messages/failure.js').OffcutError}  PAGE_FORBIDDEN.
 */
export async function captureRegion({ tabId }) {
    await enterFrames(tabId, 0);
    takeRegion(tabId).catch((error) => console.warn('no region was taken:', error));
}

/** @param {number} tabId */
async function takeRegion(tabId) {
    const { box } = await askFrame({ tabId, frameId: 0 }, 'region.choose');
    if (!box) return;
    const tab = await api.tabs.get(tabId);
    const shot = await api.tabs.captureVisibleTab(tab.windowId, { format: 'png' });
    const source = /** @type {const} */ ({ kind: 'blob', blob: await cropShot(shot, box) });
    const { jobId } = await startJob({ name: pictureName(tab.title ?? ''), source });
    await openResult(jobId, tab);
}
