/**
 * @file The settings: their defaults, and typed reading and writing.
 */

import { api } from '../platform/browser.js';
import { DEFAULT_PATTERN } from './file_name.js';
import { OUTPUT_DEFAULTS } from './output_settings.js';

/** @typedef {'open' | 'download' | 'copy' | 'replace'} ClickAction */
/** @typedef {'auto' | 'light' | 'dark'} Theme */
/** @typedef {import('./output_settings.js').OutputSettings} OutputSettings */

/**
 * @typedef {object} Preferences
 * @property {number} keepWarmMinutes  How long the engine keeps its memory after the last job.
 * @property {boolean} webgpu       Models may run on the graphics card, where it does them well.
 * @property {ClickAction} clickAction  What the menu entry does with the finished cutout.
 * @property {boolean} submenu      All four actions are entries of their own.
 * @property {boolean} pageEntry    The entry is there wherever one clicks, not on pictures only.
 * @property {boolean} askInClick   Ask for a picture's server at once, not when it is needed.
 * @property {boolean} notify       Tell of work without a page by the system's notifications.
 * @property {string} fileNamePattern  See file_name.js.
 * @property {Theme} theme
 */

/** @typedef {OutputSettings & Preferences} Settings */

/** @type {Readonly<Settings>} */
export const DEFAULTS = Object.freeze({
    keepWarmMinutes: 5,
    webgpu: true,
    clickAction: 'open',
    fileNamePattern: DEFAULT_PATTERN,
    theme: 'auto',
    submenu: false,
    pageEntry: false,
    askInClick: false,
    notify: false,
    ...OUTPUT_DEFAULTS,
});

/** @returns {Promise<Settings>} */
export async function readSettings() {
    return /** @type {Settings} */ (await api.storage.local.get({ ...DEFAULTS }));
}

/** @param {Partial<Settings>} changes */
export async function writeSettings(changes) {
    await api.storage.local.set(changes);
}

/** Back to the defaults. What else is in storage (rights, models) stays. */
export async function resetSettings() {
    await api.storage.local.remove(Object.keys(DEFAULTS));
}

/** @param {() => void} listener  Called after any setting has changed. */
export function onSettingsChanged(listener) {
    api.storage.local.onChanged.addListener((changes) => {
        if (Object.keys(changes).some((name) => name in DEFAULTS)) listener();
    });
}
