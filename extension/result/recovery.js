/**
 * @file Other ways to a picture that could not be read: the buttons beside a failure.
 *
 * Decides: which failure offers "allow this server", "take it from the screen" or the popup, and
 * what pressing them does.
 */

import { request } from '../messages/request.js';
import { api } from '../platform/browser.js';
import { byId } from '../ui/dom.js';
import { text } from '../ui/i18n.js';

/** @typedef {import('../messages/failure.js').Failure} Failure */
/** @typedef {import('../messages/page_types.js').ImageSource} ImageSource */

/** For these the user can allow the picture's server. */
const MISSING_PERMISSION = new Set(['PERMISSION_NEEDED', 'PERMISSION_REFUSED', 'FRAME_CLOSED']);
/** For these the user has to give the picture as a file. */
const UNREADABLE_PAGE = new Set(['PAGE_FORBIDDEN', 'NO_PICTURE_HERE']);
/** For these the picture is not on the screen either. */
const NOT_ON_SCREEN = new Set(['PICTURE_GONE', 'SCREEN_FAILED', 'CANCELLED']);

/**
 * Show the buttons that fit a failure.
 *
 * @param {string} code
 * @param {Failure['detail']} detail
 */
export function showRecovery(code, detail) {
    const allow = byId('allow', HTMLElement);
    allow.hidden = !MISSING_PERMISSION.has(code);
    allow.textContent = text('result_allow_host', detail.host ?? '');
    const isOnScreen = detail.number !== undefined && !NOT_ON_SCREEN.has(code);
    byId('take-screen', HTMLElement).hidden = !isOnScreen;
    byId('own-picture', HTMLElement).hidden = !UNREADABLE_PAGE.has(code);
}

/**
 * Ask the browser for the right to read from the picture's server.
 *
 * @param {Failure} failure
 * @returns {Promise<{ source?: ImageSource, said: string }>}  The picture, if it can be read now.
 */
export async function allowHost({ code, detail }) {
    const { protocol, hostname } = new URL(String(detail.url));
    const origins = [`${protocol}//${hostname}/*`];
    if (!(await api.permissions.request({ origins }))) return { said: text('result_not_allowed') };
    if (code === 'FRAME_CLOSED') return { said: text('result_click_again') };
    /** @type {ImageSource} */
    const bare = { kind: 'url', url: String(detail.url) };
    return { source: detail.source ? JSON.parse(String(detail.source)) : bare, said: '' };
}

/**
 * Take the picture's pixels from the screen, for which its tab is shown for a moment.
 *
 * @param {Failure} failure
 * @returns {Promise<ImageSource>}
 */
export async function takeScreen({ detail }) {
    const { tabId, frameId, number } = detail;
    const returnTo = (await api.tabs.getCurrent())?.id;
    const { source } = await request('background', 'screen.take', {
        tabId,
        frameId,
        number,
        returnTo,
    });
    return source;
}
