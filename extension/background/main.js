/**
 * @file The service worker: registers every listener at once, and keeps nothing.
 */

import { serve } from '../messages/request.js';
import { api } from '../platform/browser.js';
import { onSettingsChanged } from '../settings/settings.js';
import { configureEngine, ensureEngine } from './engine_host.js';
import { createMenu, onMenuClicked } from './menus.js';
import { showActive } from './toolbar.js';

api.runtime.onInstalled.addListener(createMenu);
api.contextMenus.onClicked.addListener(onMenuClicked);
onSettingsChanged(configureEngine);

serve('background', {
    'engine.ensure': ensureEngine,
    'jobs.changed': showActive,
});
