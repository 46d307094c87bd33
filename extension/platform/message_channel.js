/**
 * @file Direct message channels between a page and the engine's document, for previews.
 *
 * Decides: how pixels reach the editor without a copy, and by which way without a service worker.
 *
 * The browser copies what a runtime port carries through its own process, which takes some
 * 100 ms for the pixels of a preview. A message channel moves them in less than ten. Only the
 * service worker can pass a channel's port from one document to the other. A page without a
 * channel (Firefox has no service worker) gets its answers over its runtime port.
 */

import { api } from './browser.js';

const ENGINE_PAGE = 'engine/engine.html';

/**
 * In a page: open a channel to the engine, which is there already.
 *
 * @param {(message: any) => void} onMessage
 * @returns {{ name: string, close: () => void }}
 */
export function openChannel(onMessage) {
    const name = crypto.randomUUID();
    const { port1, port2 } = new MessageChannel();
    port1.addEventListener('message', ({ data }) => onMessage(data));
    port1.start();
    navigator.serviceWorker?.ready.then(({ active }) =>
        active?.postMessage({ channel: name }, [port2]),
    );
    return { name, close: () => port1.close() };
}

/** In the service worker: pass channels on to the engine. Only our own pages can post to it. */
export function forwardChannels() {
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

/** In the engine: the channels of all pages, by their names. */
export class PageChannels {
    /** @type {Map<string, MessagePort>} */
    #ports = new Map();

    constructor() {
        navigator.serviceWorker?.addEventListener('message', ({ data, ports }) => {
            const [port] = ports;
            if (!port || !data?.channel) return;
            this.#ports.set(data.channel, port);
            port.addEventListener('close', () => this.#ports.delete(data.channel));
            port.start();
        });
        navigator.serviceWorker?.startMessages();
    }

    /**
     * @param {string} name
     * @param {unknown} message
     * @param {Transferable[]} transfer
     * @returns {boolean}  Whether there is such a channel.
     */
    post(name, message, transfer) {
        const port = this.#ports.get(name);
        port?.postMessage(message, transfer);
        return port !== undefined;
    }
}
