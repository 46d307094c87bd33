/**
 * @file The service worker: registers every listener at once, and keeps nothing.
 */

import { serve } from '../messages/request.js';
import { api } from '../platform/browser.js';
import { onSettingsChanged } from '../settings/settings.js';
import { configureEngine, ensureEngine } from './engine_host.js';
import { createMenu, onMenuClicked } from './menus.js';
import { startPicture } from './start_job.js';
import { showActive } from './toolbar.js';

api.runtime.onInstalled.addListener(createMenu);
// Private windows have a service worker and a menu of their own, and no installation.
if (api.extension.inIncognitoContext) createMenu();
api.contextMenus.onClicked.addListener(onMenuClicked);
onSettingsChanged(configureEngine);

serve('background', {
    'engine.ensure': ensureEngine,
    'picture.start': startPicture,
    'jobs.changed': showActive,
});
