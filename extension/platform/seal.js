/**
 * @file Takes the network away from a worker.
 *
 * A worker that sees pictures needs no network: all it works with is handed to it. So it
 * drops every way out before the first picture arrives. What cannot be deleted, dynamic
 * import, is held to our own package by the manifest's content security policy.
 */

const WAYS_OUT = [
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
 * @returns {string[]}  What could not be removed; empty when the seal is whole.
 */
export function sealWorker() {
    for (const name of WAYS_OUT) removeEverywhere(name);
    return WAYS_OUT.filter((name) => Reflect.get(globalThis, name) !== undefined);
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
