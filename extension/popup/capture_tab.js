/**
 * @file The visible tab as a picture. The click on the toolbar icon gives the right to capture it.
 *
 * Decides: its name (the tab's title), and what is said where it is not allowed.
 */

import { api } from '../platform/browser.js';
import { text } from '../ui/i18n.js';

/** @returns {Promise<import('../ui/picture_transfer.js').PictureInput>} */
export async function captureTab() {
    try {
        const [tab] = await api.tabs.query({ active: true, currentWindow: true });
        const address = await api.tabs.captureVisibleTab({ format: 'png' });
        const blob = await (await fetch(address)).blob();
        const name = (tab?.title ?? '').replace(/[\\/.]/g, ' ').trim() || 'tab';
        return { files: [new File([blob], `${name}.png`, { type: blob.type })] };
    } catch (error) {
        console.info('the tab was not captured:', error);
        return { sentence: text('popup_cannot_capture') };
    }
}
