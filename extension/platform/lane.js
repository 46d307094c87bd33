/**
 * @file Lanes: message ports between a page and the engine's document, for previews.
 *
 * Whatever a runtime port carries is copied through the browser's own process, which takes
 * some 100 ms for the pixels of a preview; a message port moves them in less than ten. It cannot
 * be handed over by a runtime port, but by the service worker. A page that gets no
 * lane (Firefox has no service worker) is answered over its runtime port.
 */

import { api } from './browser.js';

const ENGINE_PAGE = 'engine/engine.html';

/**
 * Of a page: open a lane to the engine, which is there.
 *
 * @param {(message: any) => void} onMessage
 * @returns {{ name: string, close: () => void }}
 */
export function openLane(onMessage) {
    const name = crypto.randomUUID();
    const { port1, port2 } = new MessageChannel();
    port1.addEventListener('message', ({ data }) => onMessage(data));
    port1.start();
    navigator.serviceWorker?.ready.then(({ active }) =>
        active?.postMessage({ lane: name }, [port2]),
    );
    return { name, close: () => port1.close() };
}

/** Of the service worker: hand lanes over. Only our own pages can send it messages. */
export function passLanes() {
    const worker = /** @type {any} */ (globalThis);
    worker.addEventListener('message', (/** @type {any} */ event) => {
        if (event.data?.lane) event.waitUntil(passOn(worker.clients, event.data, event.ports));
    });
}

/**
 * @param {any} clients
 * @param {{ lane: string }} message
 * @param {readonly MessagePort[]} ports
 */
async function passOn(clients, message, ports) {
    const pages = await clients.matchAll({ includeUncontrolled: true, type: 'window' });
    const address = api.runtime.getURL(ENGINE_PAGE);
    pages
        .find((/** @type {{ url: string }} */ { url }) => url === address)
        ?.postMessage(message, [...ports]);
}

/** Of the engine: the lanes of all pages. */
export class Lanes {
    /** @type {Map<string, MessagePort>} */
    #ports = new Map();

    constructor() {
        navigator.serviceWorker?.addEventListener('message', ({ data, ports }) => {
            const [port] = ports;
            if (!port || !data?.lane) return;
            this.#ports.set(data.lane, port);
            port.addEventListener('close', () => this.#ports.delete(data.lane));
            port.start();
        });
        navigator.serviceWorker?.startMessages();
    }

    /**
     * @param {string} name
     * @param {unknown} message
     * @param {Transferable[]} transfer
     * @returns {boolean}  Whether there is such a lane.
     */
    post(name, message, transfer) {
        const port = this.#ports.get(name);
        port?.postMessage(message, transfer);
        return port !== undefined;
    }
}
