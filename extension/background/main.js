/**
 * @file The service worker: registers every listener at once, and keeps nothing.
 *
 * Decides: which browser event or message goes to which file: installation, start, menu click,
 * shortcut, changed settings and permissions, alarms; the menu in private windows.
 */

import './seal.js';
import { serve } from '../messages/request.js';
import { api } from '../platform/browser.js';
import { forwardPorts } from '../platform/channel_route.js';
import { hasEngineDocument } from '../platform/engine_document.js';
import { onSettingsChanged } from '../settings/settings.js';
import { resumeAddresses, startAddress } from './address.js';
import { collectAgain, onMenuClicked, onShortcut } from './click.js';
import { dropCollecting, resumeCollecting } from './collecting.js';
import { dropReading } from './content_script.js';
import { configureEngine, watchEngine } from './engine_host.js';
import { dropErrands, resumeErrands } from './errand.js';
import { followAllSites } from './hosts.js';
import { listenToPages, noteRequest } from './ledger.js';
import { createMenu, showRestore } from './menu_entries.js';
import { dropJobs, ensureJobs, noteJobs, openResult, rescueJobs, startJob } from './open_job.js';
import { dropGathering, gatherPictures } from './page_pictures.js';
import { clearReferer, clearReferers, setReferer, sweepReferers } from './referer_rules.js';
import { captureRegion } from './region.js';
import { followReplaced } from './replaced_pictures.js';
import { showPage, takeFromScreen } from './screen.js';
import { startFiles } from './start_files.js';
import { welcome } from './start_page.js';
import { showActive } from './toolbar.js';
import { delayUpdates, offerBatch } from './update.js';
import { onAlarm, openWorkbench, sweepBatch } from './workbench.js';

api.runtime.onInstalled.addListener(createMenu);
api.runtime.onInstalled.addListener(followAllSites);
api.runtime.onInstalled.addListener(welcome);
api.runtime.onInstalled.addListener(offerBatch);
delayUpdates();
// Private windows have a service worker and a menu of their own, and no installation.
if (api.extension.inIncognitoContext) createMenu();
api.contextMenus.onClicked.addListener(onMenuClicked);
api.commands.onCommand.addListener((_name, tab) => onShortcut(tab));
api.permissions.onAdded.addListener(followAllSites);
api.permissions.onRemoved.addListener(followAllSites);
onSettingsChanged(configureEngine);
api.permissions.onAdded.addListener(resumeAddresses);
api.alarms.onAlarm.addListener(onAlarm);
api.runtime.onStartup.addListener(sweepBatch);
onSettingsChanged(createMenu);
forwardPorts();
followReplaced(showRestore);
listenToPages();
sweepReferers().catch((error) => console.warn('rules for the Referer are left:', error));

watchEngine(onEngineEnded);
resume().catch((error) => console.error(error));

serve('background', {
    'engine.ensure': ensureJobs,
    'job.start': startJob,
    'files.start': startFiles,
    'pictures.gather': gatherPictures,
    'region.capture': captureRegion,
    'address.start': startAddress,
    'address.resume': resumeAddresses,
    'workbench.open': openWorkbench,
    'batch.closed': sweepBatch,
    'result.open': ({ jobId }) => openResult(jobId, undefined),
    'jobs.changed': onJobsChanged,
    'errand.resume': resume,
    'screen.take': takeFromScreen,
    'picture.again': collectAgain,
    'page.show': showPage,
    'referer.set': setReferer,
    'referer.clear': clearReferer,
    'request.noted': (request) => noteRequest(request),
    'work.drop': dropWork,
});

/** @param {import('../messages/job_types.js').JobsChanged} body */
async function onJobsChanged(body) {
    noteJobs(body);
    await showActive(body);
}

/** Go on with what a former service worker has left. */
async function resume() {
    await Promise.all([resumeErrands(), resumeCollecting()]);
}

/** All that is under way ends with the engine, and is not begun again. */
async function dropWork() {
    dropErrands();
    dropCollecting();
    dropJobs();
    await Promise.all([dropGathering(), dropReading()]);
}

/** What it was about is over: its requests, and the count of its jobs. */
async function onEngineEnded() {
    try {
        await clearReferers();
        if (!(await hasEngineDocument())) await showActive({ active: 0 });
        await rescueJobs();
    } catch (error) {
        console.warn('not all was tidied up after the engine:', error);
    }
}
