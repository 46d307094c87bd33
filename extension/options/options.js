/**
 * @file The settings page. Each section is set up by a file of its own; every change is saved at
 * once, on this machine only.
 *
 * Decides: "keep warm" and theme; every other control is in the file of its section or in
 * ui/output_settings_form.js.
 */

import { FLAT_FORMATS } from '../settings/file_formats.js';
import { readSettings } from '../settings/settings.js';
import { byId } from '../ui/dom.js';
import { localizePage, text } from '../ui/i18n.js';
import { keepInRange } from '../ui/number_fields.js';
import { createOutputSettingsForm } from '../ui/output_settings_form.js';
import { followTheme } from '../ui/theme.js';
import { setUpClicks } from './clicks_section.js';
import { setUpGpu } from './gpu_section.js';
import { setUpKept } from './kept_section.js';
import { setUpModels } from './models_section.js';
import { setUpNaming } from './naming_section.js';
import { setUpReset } from './reset_section.js';
import { save } from './save_setting.js';
import { setUpSites } from './sites_section.js';

localizePage();
document.title = text('result_page_title', text('options_title'));
const settings = await readSettings();
byId('making', HTMLElement).append(createOutputSettingsForm(settings, save, FLAT_FORMATS).element);
setUpNaming(settings);
setUpKeepWarm();
setUpTheme();
setUpReset();
setUpModels(settings);
setUpGpu(settings);
await Promise.all([followTheme(), setUpSites(), setUpClicks(settings), setUpKept()]);
document.documentElement.dataset.state = 'ready';

function setUpKeepWarm() {
    keepInRange(document);
    const keepWarm = byId('keep-warm', HTMLInputElement);
    keepWarm.valueAsNumber = settings.keepWarmMinutes;
    keepWarm.addEventListener('input', () => {
        if (keepWarm.checkValidity()) save({ keepWarmMinutes: keepWarm.valueAsNumber });
    });
}

function setUpTheme() {
    const theme = byId('theme', HTMLSelectElement);
    theme.value = settings.theme;
    theme.addEventListener('change', () => {
        save({ theme: /** @type {import('../settings/settings.js').Theme} */ (theme.value) });
    });
}
