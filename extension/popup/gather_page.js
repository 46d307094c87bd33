/**
 * @file All pictures of the page before the popup. The click on the toolbar icon gives the right to
 * look into it.
 *
 * Decides: that the popup makes room for the page that asks, and what is said where it is not allowed.
 */

import { request } from '../messages/request.js';
import { api } from '../platform/browser.js';
import { text } from '../ui/i18n.js';

/** @param {(sentence: string) => void} say */
export async function gatherPage(say) {
    say('');
    try {
        const [tab] = await api.tabs.query({ active: true, currentWindow: true });
        await request('background', 'pictures.gather', { tabId: tab?.id ?? -1 });
        close();
    } catch (error) {
        console.info('the page was not looked into:', error);
        say(text('gather_forbidden'));
    }
}
