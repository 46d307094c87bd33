/**
 * @file Makes sure that exactly one engine document exists and that it answers.
 *
 * Decides: when the engine document is created, how settings, also changed ones, reach it, and that
 * the number on the icon is set back after an engine has died. How long its workers live:
 * engine/idle_shutdown.js.
 */

import { announce, request } from '../messages/request.js';
import { createEngineDocument, hasEngineDocument } from '../platform/engine_document.js';
import { readSettings } from '../settings/settings.js';
import { showActive } from './toolbar.js';

/** @type {Promise<boolean> | null} Only a lock: two creations at once would throw. */
let creating = null;

/** Create the engine document unless it is there. */
export async function ensureEngine() {
    creating ??= createIfAbsent().finally(() => {
        creating = null;
    });
    const isNew = await creating;
    await request('engine', 'engine.hello');
    if (isNew) await configureEngine();
}

/** Hand the settings to a running engine, which cannot read them itself. */
export async function configureEngine() {
    if (await hasEngineDocument()) {
        announce('engine', 'engine.configure', await readSettings());
    }
}

/** @returns {Promise<boolean>}  Whether it was absent. */
async function createIfAbsent() {
    if (await hasEngineDocument()) return false;
    await showActive({ active: 0 }); // a former engine may have died at work
    await createEngineDocument();
    return true;
}
