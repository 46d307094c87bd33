/**
 * @file The right to read from a server: whether the browser has given it, and asking for it.
 *
 * Decides: that it is asked for one host, and for all its ports.
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
 * @param {string} url
 * @returns {Promise<boolean>}  Whether the person allows it.
 */
export function askToRead(url) {
    return api.permissions.request({ origins: [originPattern(url)] });
}
