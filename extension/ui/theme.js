/**
 * @file Follows the theme setting while the page is open: light, dark, or the system's.
 *
 * Decides: when a page changes its theme. Colours are in the style sheets.
 */

import { DEFAULTS, onSettingsChanged, readSettings } from '../settings/settings.js';

/** Show the theme of the settings, and keep a copy of the setting for theme_first.js. */
export async function followTheme() {
    onSettingsChanged(show);
    await show();
}

async function show() {
    const { theme } = await readSettings();
    // What is as at first leaves nothing behind.
    if (theme === DEFAULTS.theme) localStorage.removeItem('theme');
    else localStorage.setItem('theme', theme);
    document.documentElement.dataset.theme = theme;
}
