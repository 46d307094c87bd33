/**
 * @file Gets the clicked picture: first as the page itself may read it, then with a
 * permission for the picture's host.
 */

import { OffcutError, offcutError } from '../messages/failure.js';
import { requestFrame } from '../messages/request.js';
import { api } from '../platform/browser.js';

/** @typedef {import('../messages/types.js').ImageSource} ImageSource */

/**
 * @param {chrome.contextMenus.OnClickData} info
 * @param {chrome.tabs.Tab | undefined} tab
 * @returns {Promise<ImageSource>}
 * @throws {OffcutError}  PAGE_FORBIDDEN, PICTURE_GONE, FETCH_FAILED, PERMISSION_NEEDED.
 */
export async function collectPicture(info, tab) {
    const url = info.srcUrl ?? '';
    try {
        return { kind: 'blob', blob: await readInPage(url, info.frameId ?? 0, tab) };
    } catch (error) {
        if (url.startsWith('data:')) return { kind: 'url', url }; // it holds its own bytes
        // Only an address that every server would give us can be tried from outside the page.
        if (!/^https?:/.test(url) || isServersAnswer(error)) throw error;
    }
    await requireHost(url);
    return { kind: 'url', url };
}

/**
 * @param {string} url
 * @param {number} frameId
 * @param {chrome.tabs.Tab | undefined} tab
 * @returns {Promise<Blob>}
 */
async function readInPage(url, frameId, tab) {
    const tabId = tab?.id;
    try {
        if (tabId === undefined) throw new Error('the click was in no tab');
        await api.scripting.executeScript({
            target: { tabId, frameIds: [frameId] },
            files: ['content/collect_image.js'],
        });
    } catch (error) {
        throw offcutError('PAGE_FORBIDDEN', 'fetch', String(error));
    }
    try {
        const reply = await requestFrame(tabId, frameId, 'source.collect', { url });
        return reply.blob;
    } catch (error) {
        if (error instanceof OffcutError) throw error;
        // The page went away while it was asked.
        throw offcutError('PICTURE_GONE', 'fetch', String(error));
    }
}

/** @param {unknown} error */
function isServersAnswer(error) {
    return error instanceof OffcutError && error.failure.code === 'FETCH_FAILED';
}

/**
 * May we read from the picture's host? A prompt cannot be opened here any more: the click
 * counts as one only until the first await (Chromium 156), and whether the permission is
 * needed shows only after it. So the result page asks, by a button that names the host.
 *
 * @param {string} url
 */
async function requireHost(url) {
    const { host, hostname, protocol } = new URL(url);
    const isAllowed = await api.permissions.contains({ origins: [`${protocol}//${hostname}/*`] });
    if (!isAllowed) {
        throw offcutError('PERMISSION_NEEDED', 'fetch', 'The host may not be read yet.', {
            host,
            url,
        });
    }
}
