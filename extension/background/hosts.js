/**
 * @file Permission for the servers that pictures lie on, one by one or all at once.
 *
 * Decides: when the browser asks for a host: in the click if the user wants that or the host was
 * found closed before; PERMISSION_NEEDED and PERMISSION_REFUSED; what changes when all sites are
 * allowed (the place of the first click is known).
 */

import { offcutError } from '../messages/failure.js';
import { api } from '../platform/browser.js';
import { mayRead, originPattern } from '../platform/host_right.js';

const POINTER_SCRIPT = 'pointer';
const ALL_SITES = { origins: ['http://*/*', 'https://*/*'] };

/** Hosts that were found to be closed since this service worker started. */
const closedHosts = new Set();

/**
 * Ask in the click itself. It counts as one only until the first await (Chromium 156), so
 * this must come before any other, and cannot wait to see whether the right is needed: it is
 * asked for where the user wants that, or where the server has shown itself closed before.
 *
 * @param {string} url       Of the picture; anything but http and https needs no right.
 * @param {string} page
 * @param {boolean} asks     The user wants to be asked at once.
 * @param {string[]} permissions  Of other kinds that the click needs.
 * @returns {{ aboutHost: boolean, answer: Promise<boolean> } | null}  null if nothing was asked.
 */
export function askInClick(url, page, asks, permissions) {
    const isElsewhere = /^https?:/.test(url) && hostOf(url) !== hostOf(page);
    const isAsked = isElsewhere && (asks || closedHosts.has(hostOf(url)));
    const origins = isAsked ? [originPattern(url)] : [];
    if (origins.length === 0 && permissions.length === 0) return null;
    const rights = { origins, permissions: /** @type {any} */ (permissions) };
    // The browser shows no second prompt beside another; the right may be there all the same.
    const answer = api.permissions.request(rights).catch(() => api.permissions.contains(rights));
    return { aboutHost: isAsked, answer };
}

/**
 * @param {string} url
 * @param {boolean} isRefused
 * @throws {import('../messages/failure.js').OffcutError}  PERMISSION_NEEDED,
 *     PERMISSION_REFUSED.
 */
export async function needsHost(url, isRefused) {
    const { host } = new URL(url);
    if (await mayRead(url)) return;
    closedHosts.add(hostOf(url));
    const code = isRefused ? 'PERMISSION_REFUSED' : 'PERMISSION_NEEDED';
    throw offcutError(code, 'fetch', 'The host may not be read yet.', { host });
}

/**
 * Where all sites are allowed, every page remembers where it was clicked, so that the place
 * is known from the first click on.
 */
export async function followAllSites() {
    const isAllowed = await api.permissions.contains(ALL_SITES);
    const scripts = await api.scripting.getRegisteredContentScripts({ ids: [POINTER_SCRIPT] });
    if (isAllowed && scripts.length === 0) {
        await api.scripting.registerContentScripts([
            {
                id: POINTER_SCRIPT,
                matches: ALL_SITES.origins,
                js: ['content/content_state.js', 'content/pointer.js'],
                allFrames: true,
                runAt: 'document_start',
            },
        ]);
    } else if (!isAllowed && scripts.length > 0) {
        await api.scripting.unregisterContentScripts({ ids: [POINTER_SCRIPT] });
    }
}

/** @param {string} url */
function hostOf(url) {
    return URL.canParse(url) ? new URL(url).hostname : '';
}
