/**
 * @file Makes sure that exactly one engine document exists and that it answers, and notices when
 * it ends.
 *
 * Decides: when the engine document is created, how settings, also changed ones, reach it, and that
 * the number on the icon is set back after an engine has died. How long its workers live:
 * engine/idle_shutdown.js.
 */

import { EngineClient } from '../messages/engine_client.js';
import { announce, NoAnswerError, request } from '../messages/request.js';
import { api } from '../platform/browser.js';
import {
    closeEngineDocument,
    createEngineDocument,
    ENGINE_LOCK,
    hasEngineDocument,
} from '../platform/engine_document.js';
import { readSettings } from '../settings/settings.js';

/** A document that is closing is gone, and one that begins answers, within some of these. */
const PAUSE_MS = 50;
/** One that has not answered by then never will, and another takes its place. */
const SILENT_TRIES = 100;
const MOST_TRIES = 300;

/** @typedef {import('../messages/job_types.js').EngineHello} EngineHello */

/** @type {Promise<EngineHello> | null} Only a lock: two creations at once would throw. */
let ensuring = null;
/** Id of the engine whose end is noticed here. */
let watched = '';
/** @type {() => void} */
let onEngineEnded = () => undefined;

/** The engine, as the service worker reaches it. */
export const engine = new EngineClient(ensureEngine);

/**
 * Have an engine that answers, whatever becomes of the one that is there.
 *
 * @returns {Promise<EngineHello>}
 * @throws {import('../messages/failure.js').OffcutError}  ENGINE_LOST: there is none to be had.
 */
export function ensureEngine() {
    ensuring ??= navigator.locks.request(ENGINE_LOCK, { mode: 'shared' }, bringUp).finally(() => {
        ensuring = null;
    });
    return ensuring;
}

/** Hand the settings to a running engine, which cannot read them itself. */
export async function configureEngine() {
    if (await hasEngineDocument()) {
        announce('engine', 'engine.configure', await readSettings());
    }
}

/**
 * Learn of the engine's end, as long as this service worker lives. If there is no engine now, the
 * listener hears that at once: what a former one has left can be tidied up.
 *
 * @param {() => void} listener
 */
export function watchEngine(listener) {
    onEngineEnded = listener;
    watch('at the start');
}

/** @returns {Promise<EngineHello>} */
async function bringUp() {
    let isNew = false;
    for (let tries = 1; ; tries++) {
        isNew = (await createIfAbsent()) || isNew;
        try {
            /** @type {EngineHello} */
            const hello = await request('engine', 'engine.hello');
            if (hello.engine !== watched) watch(hello.engine);
            if (isNew) await configureEngine();
            return hello;
        } catch (error) {
            if (!(error instanceof NoAnswerError) || tries === MOST_TRIES) throw error;
        }
        if (tries % SILENT_TRIES === 0) await closeEngineDocument();
        await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
}

/** @returns {Promise<boolean>}  Whether it was absent. */
async function createIfAbsent() {
    if (await hasEngineDocument()) return false;
    try {
        await createEngineDocument();
    } catch (error) {
        // A former one is still closing, or a former service worker has just made one; whether it
        // listens shows when it is asked.
        console.debug('no engine document was made:', error);
    }
    return true;
}

/**
 * A port closes with the document that it leads to.
 *
 * @param {string} name
 */
function watch(name) {
    watched = name;
    const port = api.runtime.connect({ name: 'life' });
    port.onDisconnect.addListener(() => {
        console.debug('the engine has ended:', api.runtime.lastError?.message);
        if (watched === name) watched = '';
        onEngineEnded();
    });
}
