/**
 * @file How the port of a message channel gets from a page to the engine's document: in Firefox the
 * page posts to that document itself, which is a frame of the event page.
 *
 * What the functions promise: channel_route.js.
 */

import { api } from './browser.js';

/**
 * @param {string} name
 * @param {MessagePort} port
 */
export async function sendPort(name, port) {
    const eventPage = await api.runtime.getBackgroundPage();
    const frame = eventPage?.document.querySelector('iframe');
    frame?.contentWindow?.postMessage({ channel: name }, location.origin, [port]);
}

export function forwardPorts() {
    // Nobody in between has anything to pass on.
}

/** @param {(name: string, port: MessagePort) => void} listener */
export function onPort(listener) {
    addEventListener('message', ({ data, origin, ports }) => {
        if (origin !== location.origin) return;
        if (ports[0] && data?.channel) listener(data.channel, ports[0]);
    });
}
