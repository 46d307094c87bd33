/**
 * @file Choosing files, in a page that outlives the file dialogue.
 *
 * The browser ends the bubble at the toolbar in the moment in which the dialogue gives the focus
 * back. That may be before the bubble has heard what was chosen, or before it has told anybody. So
 * the bubble opens this page once more, in a tab beside the one that is shown, and the dialogue
 * belongs to that. A dialogue needs a person's click: the answer to a message carries the click of
 * who answers, so the tab asks the bubble, and opens the dialogue as if it had been clicked itself.
 *
 * Decides: where the file dialogue opens, and what is shown when it is over. Not the bubble again: it
 * ends at the next click elsewhere, and a picture that was chosen is what the person wants to see.
 */

import { request, serve } from '../messages/request.js';
import { api } from '../platform/browser.js';
import { byId } from '../ui/dom.js';
import { isLasting } from './lasting.js';

const FOR_BUBBLE = '?choose';

/**
 * @param {(files: File[], isShown: boolean) => Promise<string[] | null>} onFiles  With whether a page
 *     will show what becomes of them. Gives the jobs; null if something has gone wrong.
 */
export function wireChoosing(onFiles) {
    const field = byId('file-input', HTMLInputElement);
    byId('choose', HTMLButtonElement).addEventListener('click', () => openDialogue(field));
    field.addEventListener('change', async () => {
        const files = Array.from(field.files ?? []);
        field.value = ''; // so that the same file may be chosen again
        const isForBubble = location.search === FOR_BUBBLE;
        const jobIds = await onFiles(files, isForBubble && files.length === 1);
        if (jobIds && isForBubble) await showBegun(jobIds);
    });
    if (location.search !== FOR_BUBBLE) return;
    field.addEventListener('cancel', goBack);
    openForBubble(field);
}

/** @param {HTMLInputElement} field */
async function openDialogue(field) {
    if (await isLasting()) field.click();
    else await openTab().catch(() => field.click());
}

/** The bubble: have a tab that asks for its click. */
async function openTab() {
    serve('popup', { 'click.lend': () => undefined });
    const [shown] = await api.tabs.query({ active: true, currentWindow: true });
    const beside = shown ? { openerTabId: shown.id, index: shown.index + 1 } : {};
    // Not in front yet: that would end the bubble before it could answer.
    const url = api.runtime.getURL(`popup/popup.html${FOR_BUBBLE}`);
    await api.tabs.create({ url, active: false, ...beside });
}

/**
 * The tab: take the click over and open the dialogue. If the bubble is gone, or its click is too
 * long ago, the button that is to be clicked has the focus.
 *
 * @param {HTMLInputElement} field
 */
async function openForBubble(field) {
    byId('choose', HTMLButtonElement).focus();
    await request('popup', 'click.lend').catch((error) => console.debug('no click:', error));
    const tab = await api.tabs.getCurrent();
    if (tab?.id) await api.tabs.update(tab.id, { active: true });
    await isShown(); // before that, the browser cancels a dialogue
    if (navigator.userActivation.isActive) field.click();
}

/** @returns {Promise<void>} */
async function isShown() {
    while (document.visibilityState !== 'visible') {
        await new Promise((resolve) => {
            document.addEventListener('visibilitychange', resolve, { once: true });
        });
    }
}

/**
 * Show what has begun: one picture on its own page, many on the workbench, which is there by now, a
 * few in the list of this tab.
 *
 * @param {readonly string[]} jobIds
 */
async function showBegun(jobIds) {
    if (jobIds.length > 1) return;
    const [jobId] = jobIds;
    if (jobId) await request('background', 'result.open', { jobId });
    window.close();
}

/** Nothing was chosen: show the tab where the bubble was opened. The browser would show the next one. */
async function goBack() {
    const tab = await api.tabs.getCurrent();
    if (tab?.active && tab.openerTabId !== undefined) {
        await api.tabs.update(tab.openerTabId, { active: true }).catch(() => undefined); // gone
    }
    window.close();
}
