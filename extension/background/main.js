/**
 * @file The service worker: registers every listener at once, and keeps nothing.
 */

import { serve } from '../messages/request.js';
import { api } from '../platform/browser.js';
import { forwardChannels } from '../platform/message_channel.js';
import { onSettingsChanged } from '../settings/settings.js';
import { resumeAddress, startAddress } from './address.js';
import { onMenuClicked, onShortcut } from './click.js';
import { configureEngine } from './engine_host.js';
import { followAllSites } from './hosts.js';
import { createMenu } from './menu_entries.js';
import { ensureJobs, openResult, startJob } from './open_job.js';
import { clearReferer, setReferer, sweepReferers } from './referer_rules.js';
import { takeFromScreen } from './screen.js';
import { startFiles } from './start_files.js';
import { showActive } from './toolbar.js';
import { endDialogue, followDialogue, onAlarm, openWorkbench, sweepBatch } from './workbench.js';

api.runtime.onInstalled.addListener(createMenu);
api.runtime.onInstalled.addListener(followAllSites);
// Private windows have a service worker and a menu of their own, and no installation.
if (api.extension.inIncognitoContext) createMenu();
api.contextMenus.onClicked.addListener(onMenuClicked);
api.commands.onCommand.addListener((_name, tab) => onShortcut(tab));
api.permissions.onAdded.addListener(followAllSites);
api.permissions.onRemoved.addListener(followAllSites);
onSettingsChanged(configureEngine);
api.permissions.onAdded.addListener(resumeAddress);
api.alarms.onAlarm.addListener(onAlarm);
api.runtime.onStartup.addListener(sweepBatch);
onSettingsChanged(createMenu);
forwardChannels();
sweepReferers().catch((error) => console.warn('rules for the Referer are left:', error));

serve('background', {
    'engine.ensure': ensureJobs,
    'job.start': startJob,
    'files.start': startFiles,
    'address.start': startAddress,
    'address.resume': resumeAddress,
    'workbench.open': openWorkbench,
    'batch.closed': sweepBatch,
    'dialogue.open': followDialogue,
    'dialogue.close': endDialogue,
    'result.open': ({ jobId }) => openResult(jobId, undefined),
    'jobs.changed': showActive,
    'screen.take': takeFromScreen,
    'referer.set': setReferer,
    'referer.clear': clearReferer,
});
