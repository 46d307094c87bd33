/**
 * @file Light, dark, or as the system has it: follows the setting while the page is open.
 */

import { onSettingsChanged, readSettings } from '../settings/settings.js';

/** Show the theme that is set, and keep a copy of it for theme_first.js. */
export async function followTheme() {
    onSettingsChanged(show);
    await show();
}

async function show() {
    const { theme } = await readSettings();
    localStorage.setItem('theme', theme);
    document.documentElement.dataset.theme = theme;
}
