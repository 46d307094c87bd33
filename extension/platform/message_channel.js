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

    constructor() {
        onPort((name, port) => {
            this.#ports.set(name, port);
            port.addEventListener('close', () => this.#ports.delete(name));
            port.start();
        });
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
