/**
 * @file The hidden document that holds the engine: in Firefox, a frame of the event page.
 *
 * Decides: what keeps the event page, and with it the engine, from being ended while it is idle.
 * The other browser's file, and what the functions promise: engine_document.js.
 */

import { api } from './browser.js';

const ENGINE_PAGE = 'engine/engine.html';
export const ENGINE_LOCK = 'engine';

export async function hasEngineDocument() {
    return (await frameOfEngine()) !== null;
}

/** @returns {Promise<void>} */
export async function createEngineDocument() {
    const { document } = await eventPage();
    const frame = document.createElement('iframe');
    await new Promise((resolve) => {
        frame.addEventListener('load', resolve, { once: true });
        frame.src = api.runtime.getURL(ENGINE_PAGE);
        document.body.append(frame);
    });
}

export async function closeEngineDocument() {
    (await frameOfEngine())?.remove();
}

async function frameOfEngine() {
    const { document } = await eventPage();
    return document.querySelector('iframe');
}

/** @returns {Promise<Window>}  Awake, if it was not. */
async function eventPage() {
    const page = await api.runtime.getBackgroundPage();
    if (!page) throw new Error('the event page is not there');
    return page;
}
