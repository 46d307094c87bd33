/**
 * @file What is put down for the session only: the browser forgets it when it closes, and what a
 * private window has put down when the last private window closes.
 *
 * Decides: where a private window keeps such things: apart from all other windows.
 *
 * `storage.session` is one for both kinds of windows, also where each has a service worker of its
 * own (seen in Chromium 156): what a private window had put there would outlive it, and the service
 * worker of the other windows would go on with its clicks. IndexedDB is the browser's for each kind
 * apart, and in private windows it is in memory only.
 */

import { api } from './browser.js';

/** @typedef {Record<string, any>} Items */

const STORE = 'session';

/** @type {Promise<IDBDatabase> | undefined} */
let opened;

/** @returns {Promise<Items>}  All that is put down. */
export async function readSession() {
    if (!api.extension.inIncognitoContext) return api.storage.session.get(null);
    const [keys, values] = await Promise.all([
        ask('readonly', (store) => store.getAllKeys()),
        ask('readonly', (store) => store.getAll()),
    ]);
    return Object.fromEntries(keys.map((key, index) => [String(key), values[index]]));
}

/** @param {Items} items */
export async function writeSession(items) {
    if (!api.extension.inIncognitoContext) {
        await api.storage.session.set(items);
        return;
    }
    for (const [key, value] of Object.entries(items)) {
        await ask('readwrite', (store) => store.put(value, key));
    }
}

/** @param {string} key */
export async function removeFromSession(key) {
    if (!api.extension.inIncognitoContext) await api.storage.session.remove(key);
    else await ask('readwrite', (store) => store.delete(key));
}

/** Forget all of it. */
export async function clearSession() {
    if (!api.extension.inIncognitoContext) await api.storage.session.clear();
    else await ask('readwrite', (store) => store.clear());
}

/**
 * @template T
 * @param {IDBTransactionMode} mode
 * @param {(store: IDBObjectStore) => IDBRequest<T>} work
 * @returns {Promise<T>}
 */
async function ask(mode, work) {
    opened ??= answerOf(openDatabase());
    const database = await opened;
    return answerOf(work(database.transaction(STORE, mode).objectStore(STORE)));
}

function openDatabase() {
    const opening = indexedDB.open(STORE, 1);
    opening.addEventListener('upgradeneeded', () => opening.result.createObjectStore(STORE));
    return opening;
}

/**
 * @template T
 * @param {IDBRequest<T>} request
 * @returns {Promise<T>}
 */
function answerOf(request) {
    return new Promise((resolve, reject) => {
        request.addEventListener('success', () => resolve(request.result));
        request.addEventListener('error', () => reject(request.error));
    });
}
