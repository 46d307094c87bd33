/**
 * @file An update of Offcut itself, which may come while pictures are being made.
 *
 * Decides: that Firefox keeps an update until the browser is started anew: it would end every page of ours
 * at once, with the results that it shows; Chromium waits until none is open. That a batch which
 * an update has interrupted nevertheless is offered again without being asked for.
 */

import { isBatchOver, readQueue } from '../platform/batch_files.js';
import { api } from '../platform/browser.js';
import { openWorkbench } from './workbench.js';

/** Let an update wait: to listen is all that Firefox asks for. */
export function delayUpdates() {
    api.runtime.onUpdateAvailable.addListener(() => undefined);
}

/** @param {chrome.runtime.InstalledDetails} details */
export async function offerBatch({ reason }) {
    if (reason !== 'update') return;
    const batch = await readQueue();
    if (batch && !isBatchOver(batch)) await openWorkbench();
}
