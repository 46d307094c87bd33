/**
 * @file The workbench's tab, and its batch when no page shows it: what is saved, too old or
 * private is erased.
 *
 * Decides: one workbench tab at a time, also in private windows; when a left batch is erased (how
 * old it may be: platform/batch_files.js).
 */

import {
    BATCH_ALARM,
    BATCH_LOCK,
    eraseBatch,
    isAnythingKept,
    isBatchOver,
    readQueue,
    writeQueue,
} from '../platform/batch_files.js';
import { api } from '../platform/browser.js';

const PAGE = 'batch/batch.html';
/** Minutes; Chromium knows no shorter alarm. */
const SOON = 0.5;
/** @type {Promise<void> | null} */
let sweeping = null;

/** Show the workbench: its tab if there is one, else a new one. */
export async function openWorkbench() {
    const open = await openPage();
    if (!open) {
        await api.tabs.create({ url: api.runtime.getURL(PAGE) });
        return;
    }
    await api.tabs.update(open.tabId, { active: true });
    await api.windows.update(open.windowId, { focused: true });
}

/** The workbench that is open, if there is one. */
async function openPage() {
    const url = api.runtime.getURL(PAGE);
    const contexts = await api.runtime.getContexts({ contextTypes: ['TAB'] });
    return contexts.find(
        (context) =>
            context.documentUrl?.startsWith(url) &&
            context.incognito === api.extension.inIncognitoContext,
    );
}

/** @param {chrome.alarms.Alarm} alarm */
export async function onAlarm({ name }) {
    if (name === BATCH_ALARM) await sweepBatch();
}

/**
 * Erase the batch if it has to go, as soon as no page shows it. A page that is going away takes its
 * time; where one stays, this service worker may be ended while it waits, and that page calls again.
 */
export function sweepBatch() {
    sweeping ??= navigator.locks
        .request(BATCH_LOCK, async () => {
            if (!(await isAnythingKept())) return;
            const queue = await readQueue();
            // Its page is only loaded anew, or not quite gone yet.
            if (isBatchOver(queue) && (await openPage()))
                await api.alarms.create(BATCH_ALARM, { delayInMinutes: SOON });
            else if (isBatchOver(queue)) await eraseBatch();
            // The clock went back: without this, the batch would be kept for so much longer.
            else if (queue.touched > Date.now())
                await writeQueue({ ...queue, touched: Date.now() });
        })
        .finally(() => {
            sweeping = null;
        });
    return sweeping;
}
