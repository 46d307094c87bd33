/**
 * @file What needs the page before the popup: all its pictures, or a region of it. The click on the
 * toolbar icon gives the right to look into it.
 *
 * Decides: that the popup makes room for the page that asks, and what is said where it is not allowed.
 */

import { request } from '../messages/request.js';
import { api } from '../platform/browser.js';
import { text } from '../ui/i18n.js';

/**
 * @param {'pictures.gather' | 'region.capture'} type
 * @param {(sentence: string) => void} say
 */
export async function lookIntoPage(type, say) {
    say('');
    try {
        const [tab] = await api.tabs.query({ active: true, currentWindow: true });
        await request('background', type, { tabId: tab?.id ?? -1 });
        close();
    } catch (error) {
        console.info('the page was not looked into:', error);
        say(text(type === 'region.capture' ? 'region_forbidden' : 'gather_forbidden'));
    }
}
