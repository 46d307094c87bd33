/**
 * @file The settings page. A change is saved at once.
 */

import { readSettings, writeSettings } from '../settings/settings.js';
import { byId } from '../ui/dom.js';
import { localizePage, text } from '../ui/i18n.js';

const keepWarm = byId('keep-warm', HTMLInputElement);
const saved = byId('saved', HTMLElement);

localizePage();
keepWarm.valueAsNumber = (await readSettings()).keepWarmMinutes;

keepWarm.addEventListener('input', async () => {
    saved.textContent = '';
    if (!keepWarm.checkValidity()) return;
    await writeSettings({ keepWarmMinutes: keepWarm.valueAsNumber });
    saved.textContent = text('options_saved');
});
document.documentElement.dataset.state = 'ready';
