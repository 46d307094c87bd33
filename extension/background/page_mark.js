/**
 * @file The mark on the clicked picture while its cut-out is made without a page. It is held by a
 * port, so that it goes when this service worker does.
 */

import { api } from '../platform/browser.js';

export class PageMark {
    #port;

    /** @param {import('../messages/page_types.js').PicturePlace} place */
    constructor({ tabId, frameId, number }) {
        this.#port = api.tabs.connect(tabId, { frameId, name: `mark:${number}` });
        // The page may be gone, or closed to us from the start.
        this.#port.onDisconnect.addListener(() => void api.runtime.lastError);
    }

    /** @param {number} percent */
    tell(percent) {
        this.#post({ percent });
    }

    /** @param {string} [said]  Of a good end; without it the mark goes at once. */
    end(said = '') {
        this.#post({ said });
        this.#port.disconnect();
    }

    /** @param {{ percent?: number, said?: string }} message */
    #post(message) {
        try {
            this.#port.postMessage(message);
        } catch (error) {
            console.debug('the page is gone:', error);
        }
    }
}
