/**
 * @file The settings: their defaults, and typed reading and writing.
 */

import { api } from '../platform/browser.js';

/**
 * @typedef {object} Settings
 * @property {number} keepWarmMinutes  How long the engine keeps its memory after the last job.
 */

/** @type {Readonly<Settings>} */
export const DEFAULTS = Object.freeze({ keepWarmMinutes: 5 });

/** @returns {Promise<Settings>} */
export async function readSettings() {
    return /** @type {Settings} */ (await api.storage.local.get({ ...DEFAULTS }));
}

/** @param {Partial<Settings>} changes */
export async function writeSettings(changes) {
    await api.storage.local.set(changes);
}

/** @param {() => void} listener  Called after any setting has changed. */
export function onSettingsChanged(listener) {
    api.storage.local.onChanged.addListener(() => listener());
}
