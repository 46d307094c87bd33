/**
 * @file The last way to a picture: its pixels as they are on the screen.
 *
 * Decides: the screenshot of the visible tab that is cut to the picture: how long a hidden tab is
 * waited for, the scale of the screen's pixels, SCREEN_FAILED, the way back to the result page.
 */

import { OffcutError, offcutError } from '../messages/failure.js';
import { api } from '../platform/browser.js';
import { askFrame } from './content_script.js';

/** A tab that is not drawn by then is minimised or frozen. */
const DRAWN_MS = 4000;

/**
 * Shows the clicked tab, takes what is visible of the picture there, and goes back.
 *
 * @param {import('../messages/page_types.js').ScreenRequest} request
 * @returns {Promise<{ source: import('../messages/page_types.js').ImageSource }>}
 * @throws {import('../messages/failure.js').OffcutError}  PICTURE_GONE, SCREEN_FAILED.
 */
export async function takeFromScreen({ tabId, frameId, number, returnTo }) {
    try {
        const tab = await api.tabs.update(tabId, { active: true });
        if (!tab) throw offcutError('PICTURE_GONE', 'fetch', 'the tab is closed');
        const box = await locate({ tabId, frameId }, number);
        const shot = await api.tabs.captureVisibleTab(tab.windowId, { format: 'png' });
        const blob = await cropShot(shot, box);
        return { source: { kind: 'blob', blob, notices: ['FROM_SCREEN'] } };
    } catch (error) {
        if (error instanceof OffcutError) throw error;
        throw offcutError('SCREEN_FAILED', 'fetch', String(error));
    } finally {
        await api.tabs.update(returnTo, { active: true }).catch(() => undefined);
    }
}

/** @param {{ tabId: number }} body  Of the clicked page. */
export async function showPage({ tabId }) {
    await api.tabs.update(tabId, { active: true });
}

/**
 * @param {{ tabId: number, frameId: number }} frame
 * @param {number} number
 * @returns {Promise<import('../messages/page_types.js').PictureBox>}
 */
async function locate(frame, number) {
    const late = new Promise((_, reject) => {
        setTimeout(() => reject(new Error('the tab was not drawn')), DRAWN_MS);
    });
    const { box } = await Promise.race([askFrame(frame, 'picture.locate', { number }), late]);
    if (!box) throw new Error('the place of the picture is not known');
    return box;
}

/**
 * @param {string} shot  data: address.
 * @param {import('../messages/page_types.js').PictureBox} box
 */
export async function cropShot(shot, { x, y, width, height, viewport }) {
    const bitmap = await createImageBitmap(await (await fetch(shot)).blob());
    const scale = bitmap.width / viewport;
    const [wide, high] = [Math.round(width * scale), Math.round(height * scale)];
    const canvas = new OffscreenCanvas(Math.max(1, wide), Math.max(1, high));
    canvas.getContext('2d')?.drawImage(bitmap, -Math.round(x * scale), -Math.round(y * scale));
    bitmap.close();
    return canvas.convertToBlob({ type: 'image/png' });
}
