/**
 * @file The settings: their defaults, and typed reading and writing.
 *
 * Decides: every default (what a click does, keep warm, theme, file names), where they are kept,
 * what "reset" removes.
 */

import { api } from '../platform/browser.js';
import { DEFAULT_PATTERN } from './file_name.js';
import { knownValues } from './known_values.js';
import { OUTPUT_DEFAULTS } from './output_settings.js';

/** @typedef {'open' | 'background' | 'panel' | 'download' | 'copy' | 'replace'} ClickAction */
/** @typedef {'auto' | 'light' | 'dark'} Theme */
/** @typedef {import('./output_settings.js').OutputSettings} OutputSettings */

/**
 * @typedef {object} Preferences
 * @property {number} keepWarmMinutes  How long the engine keeps its memory after the last job.
 * @property {boolean} webgpu       Models may run on the graphics card, if it runs them well.
 * @property {ClickAction} clickAction  What the menu entry does with the finished cut-out.
 * @property {boolean} submenu      Each of the four actions has its own menu entry.
 * @property {boolean} pageEntry    The menu entry appears everywhere in a page, not only on pictures.
 * @property {boolean} askInClick   Ask for the right to a picture's server at the click, not when it is needed.
 * @property {boolean} notify       Show work without a page as notifications of the system.
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
    return knownValues(DEFAULTS, await api.storage.local.get({ ...DEFAULTS }));
}

/** @param {Partial<Settings>} changes */
export async function writeSettings(changes) {
    await api.storage.local.set(changes);
}

/** Return to the defaults. Other data in storage (rights, models) stays. */
export async function resetSettings() {
    await api.storage.local.remove(Object.keys(DEFAULTS));
}

/** @param {() => void} listener  Called after any setting has changed. */
export function onSettingsChanged(listener) {
    api.storage.local.onChanged.addListener((changes) => {
        if (Object.keys(changes).some((name) => name in DEFAULTS)) listener();
    });
}
