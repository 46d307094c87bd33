/**
 * @file One page at a time has the batch. Another one waits until that page is closed, however long
 * that takes, and says so only where there really is such a page.
 */

import { BATCH_LOCK } from '../platform/batch_files.js';
import { api } from '../platform/browser.js';

/**
 * @param {() => Promise<void>} open    The batch is this page's, for as long as it lives.
 * @param {() => void} showElsewhere    Another page has it now.
 * @returns {Promise<void>}
 */
export async function holdBatch(open, showElsewhere) {
    let isHeld = false;
    const holding = navigator.locks.request(BATCH_LOCK, async () => {
        isHeld = true;
        await open();
        await new Promise(() => undefined);
    });
    if ((await isElsewhere()) && !isHeld) showElsewhere();
    await holding;
}

/** Whether there is another workbench; the service worker holds the lock for a moment, too. */
async function isElsewhere() {
    const contexts = await api.runtime.getContexts({ contextTypes: ['TAB'] });
    const own = (await api.tabs.getCurrent())?.id;
    return contexts.some(
        ({ documentUrl, tabId, incognito }) =>
            documentUrl?.startsWith(location.origin + location.pathname) &&
            tabId !== own &&
            incognito === api.extension.inIncognitoContext,
    );
}
