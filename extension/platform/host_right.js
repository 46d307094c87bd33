/**
 * @file The right to read from a server: whether the browser has given it, and asking for it.
 *
 * Decides: that it is asked for single hosts, and for all their ports.
 */

import { api } from './browser.js';

/** @param {string} url */
export function originPattern(url) {
    const { protocol, hostname } = new URL(url);
    return `${protocol}//${hostname}/*`;
}

/** @param {string} url */
export function mayRead(url) {
    return api.permissions.contains({ origins: [originPattern(url)] });
}

/**
 * Has to come first in a click: the browser asks nobody later.
 *
 * @param {...string} urls
 * @returns {Promise<boolean>}  Whether the person allows it.
 */
export function askToRead(...urls) {
    return api.permissions.request({ origins: [...new Set(urls.map(originPattern))] });
}
