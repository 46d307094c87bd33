/**
 * @file The hidden document that holds the engine: Chromium's offscreen document.
 *
 * Firefox has no such API: there a frame of the event page would have to hold the engine,
 * behind the same two functions.
 */

import { api } from './browser.js';

const ENGINE_PAGE = 'engine/engine.html';

/**
 * Is there an engine document in this profile?
 *
 * @returns {Promise<boolean>}
 */
export async function hasEngineDocument() {
    const contexts = await api.runtime.getContexts({
        contextTypes: ['OFFSCREEN_DOCUMENT'],
        documentUrls: [api.runtime.getURL(ENGINE_PAGE)],
    });
    // In split incognito both profiles are listed, and each has an engine of its own.
    return contexts.some((context) => context.incognito === api.extension.inIncognitoContext);
}

/**
 * Create the engine document; resolves when its scripts have run.
 *
 * @returns {Promise<void>}
 */
export function createEngineDocument() {
    return api.offscreen.createDocument({
        url: ENGINE_PAGE,
        reasons: ['WORKERS', 'BLOBS'],
        justification: 'Runs the picture pipeline and the model in workers, on this machine.',
    });
}
