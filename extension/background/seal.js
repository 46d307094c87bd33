/**
 * @file Takes from the service worker, through which cut-outs pass, what it could reach a host with.
 *
 * Decides: that it asks no host for anything. What fetches is in workers of the engine. What is left
 * to it are the browser's own ways for an extension: opening a tab, saving a file.
 */

import { OWN_ORIGIN } from '../platform/browser.js';

const GONE = [
    'WebSocket',
    'WebSocketStream',
    'WebTransport',
    'EventSource',
    'caches',
    'Cache',
    'CacheStorage',
];
const readHere = globalThis.fetch.bind(globalThis);

/**
 * @param {object} from  An object, from which and from all that it inherits names are taken.
 * @param {string[]} names
 */
function take(from, names) {
    for (let scope = from; scope !== Object.prototype; scope = Object.getPrototypeOf(scope)) {
        for (const name of names) Reflect.deleteProperty(scope, name);
    }
}

take(navigator, ['storageBuckets', 'sendBeacon']);
take(globalThis, [...GONE, 'fetch']);
/**
 * What lies in this machine is still read: a picture of the screen comes as an address that holds it.
 *
 * @param {any} url
 * @param {RequestInit} [init]
 */
globalThis.fetch = async (url, init) => {
    const address = `${url}`;
    const isHere = [OWN_ORIGIN, 'data:', 'blob:'].some((start) => address.startsWith(start));
    if (!isHere) throw new TypeError('the service worker asks no host');
    return readHere(address, init);
};
