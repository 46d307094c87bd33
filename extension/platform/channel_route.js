/**
 * @file How the port of a message channel gets from a page to the engine's document: by the service
 * worker, which alone can pass it from one document to the other.
 */

import { api } from './browser.js';

const ENGINE_PAGE = 'engine/engine.html';

/**
 * In a page.
 *
 * @param {string} name  Of the channel.
 * @param {MessagePort} port
 */
export function sendPort(name, port) {
    navigator.serviceWorker?.ready.then(({ active }) =>
        active?.postMessage({ channel: name }, [port]),
    );
}

/** In the service worker: pass ports on to the engine. Only our own pages can post to it. */
export function forwardPorts() {
    const worker = /** @type {any} */ (globalThis);
    worker.addEventListener('message', (/** @type {any} */ event) => {
        if (event.data?.channel) event.waitUntil(forward(worker.clients, event.data, event.ports));
    });
}

/**
 * @param {any} clients
 * @param {{ channel: string }} message
 * @param {readonly MessagePort[]} ports
 */
async function forward(clients, message, ports) {
    const pages = await clients.matchAll({ includeUncontrolled: true, type: 'window' });
    const address = api.runtime.getURL(ENGINE_PAGE);
    pages
        .find((/** @type {{ url: string }} */ { url }) => url === address)
        ?.postMessage(message, [...ports]);
}

/**
 * In the engine.
 *
 * @param {(name: string, port: MessagePort) => void} listener
 */
export function onPort(listener) {
    navigator.serviceWorker?.addEventListener('message', ({ data, ports }) => {
        if (ports[0] && data?.channel) listener(data.channel, ports[0]);
    });
    navigator.serviceWorker?.startMessages();
}
