/**
 * @file The hidden document that holds the engine: Chromium's offscreen document.
 *
 * Decides: which profile's document counts (private windows have their own), and why it may exist.
 *
 * A browser without that API needs another file with these functions; nothing else knows
 * where the engine's document is.
 */

import { api } from './browser.js';

const ENGINE_PAGE = 'engine/engine.html';
/**
 * Held, shared, by who brings up an engine, and alone by who must be sure that there is none: while
 * everything is erased, say.
 */
export const ENGINE_LOCK = 'engine';

/**
 * Whether there is an engine document in this profile.
 *
 * @returns {Promise<boolean>}
 */
export async function hasEngineDocument() {
    const contexts = await api.runtime.getContexts({
        contextTypes: ['OFFSCREEN_DOCUMENT'],
        documentUrls: [api.runtime.getURL(ENGINE_PAGE)],
    });
    // The list has the documents of both profiles, and each profile has its own engine.
    return contexts.some((context) => context.incognito === api.extension.inIncognitoContext);
}

/**
 * Create the engine document. Resolves when its scripts have run.
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

/** Close the engine document, if there is one. */
export async function closeEngineDocument() {
    await api.offscreen.closeDocument().catch(() => undefined);
}
