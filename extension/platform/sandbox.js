/**
 * @file Takes the network and the storage away from a worker.
 *
 * Decides: which functions are deleted: fetch, sockets, workers, caches, databases.
 *
 * A worker that sees pictures needs neither: it gets all it works with by messages. So it
 * deletes what could send a picture away before the first one arrives. Dynamic import cannot be
 * deleted; the manifest's content security policy limits it to our own package.
 */

const NETWORK_AND_STORAGE = [
    'fetch',
    'XMLHttpRequest',
    'WebSocket',
    'WebSocketStream',
    'WebTransport',
    'EventSource',
    'RTCPeerConnection',
    'importScripts',
    'Worker',
    'SharedWorker',
    'BroadcastChannel',
    'caches',
    'indexedDB',
    'Request',
];

/**
 * Remove every network and storage primitive from this worker's global scope, for good.
 *
 * @returns {string[]}  What could not be removed; empty when the sandbox is complete.
 */
export function sandboxWorker() {
    for (const name of NETWORK_AND_STORAGE) removeEverywhere(name);
    return NETWORK_AND_STORAGE.filter((name) => Reflect.get(globalThis, name) !== undefined);
}

/** @param {string} name */
function removeEverywhere(name) {
    /** @type {object | null} */
    let scope = globalThis;
    while (scope) {
        if (Object.hasOwn(scope, name)) Reflect.deleteProperty(scope, name);
        scope = Object.getPrototypeOf(scope);
    }
}
