/**
 * @file Where the ledger of requests lies, for the service worker that writes it and the pages that
 * show it.
 */

import { readSession, writeSession } from './session_store.js';

/** @typedef {NotedRequest & { by: 'offcut' | 'page' }} LedgerEntry */

const KEY = 'requests';
const CHANNEL = 'requests';
/** Held by who reads the list and writes it anew, and by who erases it. */
export const LEDGER_LOCK = 'requests';

/** @returns {Promise<LedgerEntry[]>}  The oldest first. */
export async function readRequests() {
    return (await readSession())[KEY] ?? [];
}

/** @param {LedgerEntry[]} requests */
export async function writeRequests(requests) {
    await writeSession({ [KEY]: requests });
    tellRequests();
}

/** Whoever shows the list shall read it again. */
export function tellRequests() {
    const channel = new BroadcastChannel(CHANNEL);
    channel.postMessage('changed');
    channel.close();
}

/** @param {() => void} onChange  The list has changed. */
export function watchRequests(onChange) {
    new BroadcastChannel(CHANNEL).addEventListener('message', onChange);
}
