/**
 * @file A picture that could not be had: what else the user may do about it.
 */

import { request } from '../messages/request.js';
import { api } from '../platform/browser.js';
import { byId } from '../ui/dom.js';
import { text } from '../ui/i18n.js';

/** @typedef {import('../messages/failure.js').Failure} Failure */
/** @typedef {import('../messages/page_types.js').ImageSource} ImageSource */

/** The browser asks for a server's permission. */
const ABOUT_PERMISSION = new Set(['PERMISSION_NEEDED', 'PERMISSION_REFUSED', 'FRAME_CLOSED']);
/** The picture must come by another road than a page. */
const ABOUT_PAGE = new Set(['PAGE_FORBIDDEN', 'NO_PICTURE_HERE']);
/** With these there is nothing on the screen either. */
const NOT_ON_SCREEN = new Set(['PICTURE_GONE', 'SCREEN_FAILED', 'CANCELLED']);

/**
 * Show the buttons that fit a failure.
 *
 * @param {string} code
 * @param {Failure['detail']} detail
 */
export function showOtherWays(code, detail) {
    const allow = byId('allow', HTMLElement);
    allow.hidden = !ABOUT_PERMISSION.has(code);
    allow.textContent = text('result_allow_host', detail.host ?? '');
    const isFetch = detail.number !== undefined && !NOT_ON_SCREEN.has(code);
    byId('take-screen', HTMLElement).hidden = !isFetch;
    byId('own-picture', HTMLElement).hidden = !ABOUT_PAGE.has(code);
}

/**
 * Ask the browser for the picture's server.
 *
 * @param {Failure} failure
 * @returns {Promise<{ source?: ImageSource, said: string }>}  The picture, if it may be had now.
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
 * Take the picture's pixels from the screen: its tab is shown for a moment.
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

/**
 * The click was to copy, download or replace, which could not be done from its page: do it
 * here where that is possible, and say what is left to do.
 *
 * @param {string} action   Empty when nothing was left over.
 * @param {() => Promise<void>} copy
 * @returns {Promise<string>}
 */
export async function finishLeftOver(action, copy) {
    if (action === 'download') return text('left_download');
    if (action === 'replace') return text('left_replace');
    if (action !== 'copy') return '';
    try {
        await copy();
        return text('result_copied');
    } catch {
        return text('failure_COPY_FORBIDDEN');
    }
}
