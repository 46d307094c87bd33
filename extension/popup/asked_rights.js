/**
 * @file Which servers the browser has been asked for from the popup. Its question closes the popup, so
 * the next one has to say what became of it: what was asked for and is not allowed was refused.
 */

import { askToRead, originPattern } from '../platform/host_right.js';
import { readSession, writeSession } from '../platform/session_store.js';

/** Begins the keys in the session's storage; each ends with a server. */
const PREFIX = 'asked ';

/**
 * Has to come first in a click.
 *
 * @param {string} url
 * @returns {Promise<boolean>}  Whether the person allows it.
 */
export function askFor(url) {
    // Before the question, and without waiting: this page may be gone with it.
    writeSession({ [PREFIX + originPattern(url)]: true });
    return askToRead(url);
}

/**
 * @param {string} url  That may not be read.
 * @returns {Promise<boolean>}  Whether a person has said so.
 */
export async function wasRefused(url) {
    const key = PREFIX + originPattern(url);
    return key in (await readSession());
}
