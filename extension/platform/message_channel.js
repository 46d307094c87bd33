/**
 * @file Direct message channels between a page and the engine's document, for previews.
 *
 * Decides: how pixels reach the editor without a copy. How a channel's port gets from one document
 * to the other differs between browsers: channel_route.js.
 *
 * The browser copies what a runtime port carries through its own process, which takes some
 * 100 ms for the pixels of a preview. A message channel moves them in less than ten. A page without
 * a channel gets its answers over its runtime port.
 */

import { onPort, sendPort } from './channel_route.js';

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
    sendPort(name, port2);
    return { name, close: () => port1.close() };
}

/** In the engine: the channels of all pages, by their names. */
export class PageChannels {
    /** @type {Map<string, MessagePort>} */
    #ports = new Map();
    /** @type {Set<string>} Of pages that went before their port was here. */
    #late = new Set();

    constructor() {
        onPort((name, port) => {
            if (this.#late.delete(name)) {
                port.close();
                return;
            }
            this.#ports.set(name, port);
            port.start();
        });
    }

    /**
     * The page is gone. A port does not hear of that by itself: it went through the service worker,
     * and stays for as long as the engine does.
     *
     * @param {string} name
     */
    close(name) {
        const port = this.#ports.get(name);
        port?.close();
        if (!this.#ports.delete(name)) this.#late.add(name);
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
