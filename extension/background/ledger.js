/**
 * @file The ledger: every request that Offcut has made of a host since the browser was started, for
 * the person to read. It is in the session's storage, so it is gone when the browser closes.
 *
 * Decides: how many requests are kept, and what is believed of those that a page's content script
 * tells of.
 */

import '../platform/ask_network.js';
import { api } from '../platform/browser.js';
import { LEDGER_LOCK, readRequests, writeRequests } from '../platform/request_ledger.js';

/** @typedef {import('../platform/request_ledger.js').LedgerEntry} LedgerEntry */

/** The oldest go first. */
const MOST = 1000;
/** Longer addresses carry pictures, or are not meant to be read. */
const LONGEST = 2000;
const OUTCOMES = new Set(['asked', 'answered', 'failed']);

/** One after the other: each reads the list and writes it anew. */
let noting = Promise.resolve();

/**
 * @param {NotedRequest} request
 * @param {'offcut' | 'page'} by  Who made it: a content script does so in the page's name.
 */
export function noteRequest(request, by = 'offcut') {
    noting = noting
        .then(() => navigator.locks.request(LEDGER_LOCK, () => put(entryOf(request, by))))
        .catch((error) => console.warn('a request was not noted:', error));
    return noting;
}

/** Hear of the requests of content scripts, which are no pages of ours. */
export function listenToPages() {
    api.runtime.onMessage.addListener((message, sender) => {
        if (message?.type !== 'page.asked' || sender.tab === undefined) return false;
        // A page that has taken over its process could tell anything, so only this is taken.
        const { id, at, url, outcome, status, to, sentOn, unsaid } = message.request ?? {};
        if (typeof id !== 'string' || typeof url !== 'string') return false;
        if (!OUTCOMES.has(outcome)) return false;
        const known = {
            ...(Number.isInteger(status) && { status }),
            ...(to && { to: String(to) }),
            ...(sentOn === true && { sentOn }),
            ...(unsaid === true && { unsaid }),
        };
        noteRequest({ id, at: Number(at), url, why: 'picture', outcome, ...known }, 'page');
        return false;
    });
}

/**
 * @param {NotedRequest} request
 * @param {'offcut' | 'page'} by
 * @returns {LedgerEntry}
 */
function entryOf({ to, ...request }, by) {
    const listed = (/** @type {string} */ url) => plainAddress(url).slice(0, LONGEST);
    return { ...request, url: listed(request.url), ...(to && { to: listed(to) }), by };
}

/** @param {LedgerEntry} entry */
async function put(entry) {
    const list = await readRequests();
    const known = list.findIndex(({ id }) => id === entry.id);
    if (known >= 0) list[known] = entry;
    else if (entry.outcome === 'asked') list.push(entry);
    else return; // the list was erased while the answer was on its way
    await writeRequests(list.slice(-MOST));
}
