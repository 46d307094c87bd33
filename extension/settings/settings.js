/**
 * @file The settings: their defaults, and typed reading and writing.
 */

import { api } from '../platform/browser.js';

/** @typedef {'open' | 'download' | 'copy' | 'replace'} ClickAction */

/**
 * @typedef {object} Settings
 * @property {number} keepWarmMinutes  How long the engine keeps its memory after the last job.
 * @property {ClickAction} clickAction  What the menu entry does with the finished cutout.
 * @property {'fast' | 'best'} quality
 * @property {string | null} model     Id in the registry; null chooses by itself.
 * @property {'png' | 'webp' | 'jpeg'} format
 * @property {string} background       As in OffcutOptions: `transparent`, a colour, `blur`.
 */

/** @type {Readonly<Settings>} */
export const DEFAULTS = Object.freeze({
    keepWarmMinutes: 5,
    clickAction: 'open',
    quality: 'fast',
    model: null,
    format: 'png',
    background: 'transparent',
});

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

/**
 * What a job makes unless its page asks for something else.
 *
 * @param {Settings} settings
 * @returns {import('../messages/types.js').JobOptions}
 */
export function jobOptions({ quality, model, format, background }) {
    return { quality, model, format, background };
}
