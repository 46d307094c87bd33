/**
 * @file The hidden document that holds the engine: in Firefox, a frame of the event page.
 *
 * Decides: how long the event page lives: as long as there is an engine. Firefox ends an event page
 * that calls nothing of the browser for half a minute, whatever it computes, and what is made is
 * in the engine's memory. On waking from a sleep the half minute may be over before anything is called.
 *
 * What the functions promise: engine_document.js.
 */

import { api } from './browser.js';

export const ENGINE_LOCK = 'engine';
/** More often than the shortest half minute. */
const BEAT_MS = 10_000;

export async function hasEngineDocument() {
    return (await engineFrame()) !== null;
}

/** @returns {Promise<void>} */
export async function createEngineDocument() {
    const { document } = await eventPage();
    const template = document.querySelector('template');
    const frame = template && document.importNode(template.content, true).querySelector('iframe');
    if (!frame) throw new Error('the event page has lost its template of the engine');
    const loaded = new Promise((resolve) => frame.addEventListener('load', resolve));
    document.body.append(frame);
    await loaded;
    keepEventPage(frame);
}

/** @param {HTMLIFrameElement} frame  As long as it is there. */
function keepEventPage(frame) {
    const beat = setInterval(() => {
        if (frame.isConnected) api.runtime.getPlatformInfo();
        else {
            clearInterval(beat);
            api.runtime.onSuspend.removeListener(stay);
        }
    }, BEAT_MS);
    api.runtime.onSuspend.addListener(stay);

    /** No call would do any more, but an event in a page of ours: the engine hears a message. */
    async function stay() {
        if (frame.isConnected) {
            await api.runtime.sendMessage({ to: 'engine', type: 'engine.hello' });
        }
    }
}

export async function closeEngineDocument() {
    (await engineFrame())?.remove();
}

/** @returns {Promise<HTMLIFrameElement | null>} */
async function engineFrame() {
    const { document } = await eventPage();
    return document.querySelector('iframe');
}

/** @returns {Promise<Window>}  Awake, if it was not. */
async function eventPage() {
    const page = await api.runtime.getBackgroundPage();
    if (!page) throw new Error('the event page is not there');
    return page;
}
