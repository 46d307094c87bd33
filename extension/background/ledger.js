/**
 * @file The ledger: every request that Offcut has made of a host since the browser was started, for
 * the person to read. It is in the session's storage, so it is gone when the browser closes.
 *
 * Decides: how many requests are kept, and what is believed of those that a page's content script
 * tells of.
 */

import { api } from '../platform/browser.js';
import { readRequests, writeRequests } from '../platform/request_ledger.js';

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
        .then(() => put({ ...request, url: request.url.slice(0, LONGEST), by }))
        .catch((error) => console.warn('a request was not noted:', error));
    return noting;
}

/** Hear of the requests of content scripts, which are no pages of ours. */
export function listenToPages() {
    api.runtime.onMessage.addListener((message, sender) => {
        if (message?.type !== 'page.asked' || sender.tab === undefined) return false;
        // A page that has taken over its process could tell anything, so only this is taken.
        const { id, at, url, outcome, status, to } = message.request ?? {};
        if (typeof id !== 'string' || typeof url !== 'string') return false;
        if (!OUTCOMES.has(outcome)) return false;
        const known = {
            ...(Number.isInteger(status) && { status }),
            ...(to && { to: String(to) }),
        };
        noteRequest({ id, at: Number(at), url, why: 'picture', outcome, ...known }, 'page');
        return false;
    });
}

/** @param {import('../platform/request_ledger.js').LedgerEntry} entry */
async function put(entry) {
    const list = await readRequests();
    const known = list.findIndex(({ id }) => id === entry.id);
    if (known >= 0) list[known] = entry;
    else list.push(entry);
    await writeRequests(list.slice(-MOST));
}
