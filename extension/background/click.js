/**
 * @file What a click on our entry, or our keyboard shortcut, sets going.
 *
 * Decides: what opens, and when: a result page at once or none at all, a choice among several
 * pictures, a page when something fails, also of a wish for all pictures of a page; which permission a click asks for; PNG for the clipboard;
 * a frame of another site that is closed to us.
 */

import { offcutError } from '../messages/failure.js';
import { pictureName } from '../settings/file_name.js';
import { jobOptions } from '../settings/output_settings.js';
import { readSettings } from '../settings/settings.js';
import { noteCollecting, supplyClicked, supplyProblem } from './collecting.js';
import { askFrame, enterFrames } from './content_script.js';
import { runErrand } from './errand.js';
import { findAnywhere, findInFrame } from './find_clicked.js';
import { askInClick } from './hosts.js';
import { readEntry } from './menu_entries.js';
import { openJob, openResult, showsResult } from './open_job.js';
import { gatherPictures } from './page_pictures.js';
import { openPanel } from './side_panel.js';
import { cutOutOurs, isOurPicture } from './start_page.js';

/** @typedef {import('../settings/settings.js').ClickAction} ClickAction */
/** @typedef {import('./find_clicked.js').Found} Found */
/** @typedef {import('./picture.js').Clicked} Clicked */

/** Actions that show what happens: in a tab, in one behind the shown one, in the side panel. */
const SHOWN = new Set(['open', 'background', 'panel']);
/** @type {Readonly<Record<string, string[]>>} What an action needs beyond the picture. */
const RIGHTS = Object.freeze({ copy: ['clipboardWrite'] });

/**
 * @param {chrome.contextMenus.OnClickData} info
 * @param {chrome.tabs.Tab | undefined} tab
 */
export async function onMenuClicked(info, tab) {
    const { action, asks } = readEntry(info.menuItemId);
    const tabId = tab?.id ?? -1;
    const frameId = info.frameId ?? 0;
    const srcUrl = info.srcUrl ?? '';
    const page = pageOf(info);
    if (action === 'restore') {
        await enterFrames(tabId, frameId);
        await askFrame({ tabId, frameId }, 'picture.restore');
        return;
    }
    if (action === 'gather') {
        await gather(tab);
        return;
    }
    if (isOurPicture(srcUrl)) {
        await cutOutOurs(srcUrl, tab);
        return;
    }
    // Before any await: later the click counts no more.
    if (action === 'panel') openPanel(tab);
    const asked = askInClick(srcUrl, page, asks, RIGHTS[action] ?? []);
    // At once, too: the element under the pointer is known only until the pointer moves.
    const media = info.mediaType ?? '';
    const found = findInFrame({ tabId, frameId }, { srcUrl, media, from: 'click' }, page);
    await take({ action, tab, srcUrl, page, asked, found });
}

/**
 * The clicked document's address. One that its page has written itself (`about:srcdoc`, `data:`)
 * is part of that page.
 *
 * @param {chrome.contextMenus.OnClickData} info
 */
function pageOf({ frameUrl = '', pageUrl = '' }) {
    return /^(?:https?|file):/.test(frameUrl) ? frameUrl : pageUrl || frameUrl;
}

/**
 * The picture under the pointer, else the one that has the keyboard's focus.
 *
 * @param {chrome.tabs.Tab | undefined} tab
 */
export async function onShortcut(tab) {
    // Pressed twice: the page of the first one has come to the front by then.
    if (showsResult(tab)) return;
    const found = findAnywhere(tab?.id ?? -1, tab?.url ?? '');
    const { clickAction } = await readSettings();
    if (clickAction === 'panel') openPanel(tab);
    await take({ action: clickAction, tab, srcUrl: '', page: tab?.url ?? '', asked: null, found });
}

/**
 * @typedef {object} Take
 * @property {ClickAction} action
 * @property {chrome.tabs.Tab | undefined} tab
 * @property {string} srcUrl
 * @property {string} page
 * @property {ReturnType<typeof askInClick>} asked  Whether the person allows what it needs.
 * @property {Promise<Found | null>} found    null when the person chose none of several.
 */

/** @param {Take} take */
async function take({ action, tab, srcUrl, page, asked, found }) {
    const jobId = crypto.randomUUID();
    // Where the browser names the picture, the job and its page open before it is looked for.
    const isEarly = SHOWN.has(action) && srcUrl !== '' && !asked;
    const byAddress = { tabId: tab?.id ?? -1, frameId: 0, picture: null, srcUrl, page };
    if (isEarly) noteCollecting(jobId, { ...byAddress, isRefused: false });
    const early = isEarly ? openBoth({ jobId, name: pictureName(srcUrl) }, tab, action) : null;
    const isDenied = asked !== null && !(await asked.answer);
    const { chosen, problem } = await settle(found);
    if (!chosen && !problem) {
        // A page that is open already says so, and nothing goes on looking for its picture.
        if (early) await supplyProblem(jobId, noneChosen());
        return;
    }
    const clicked = { ...byAddress, ...chosen, isRefused: isDenied && asked.aboutHost };
    const { picture } = clicked;
    const name = pictureName(srcUrl || picture?.urls[0] || picture?.label || '');
    const start = { jobId, name, options: await optionsOf(action) };
    const isShown = SHOWN.has(action) || problem || (action === 'download' && isDenied);
    if (!early && !isShown) {
        await runErrand({ start, action, tab, clicked });
        return;
    }
    const opened = early ?? openBoth(start, tab, action);
    await opened.job;
    await (problem ? supplyProblem(jobId, problem) : supplyClicked(jobId, clicked));
    await opened.page;
}

/**
 * A page that no script may enter is explained on a page of ours.
 *
 * @param {chrome.tabs.Tab | undefined} tab
 */
async function gather(tab) {
    try {
        await gatherPictures({ tabId: tab?.id ?? -1 });
    } catch (problem) {
        const jobId = crypto.randomUUID();
        const opened = openBoth({ jobId, name: pictureName(tab?.title ?? '') }, tab, 'open');
        await opened.job;
        await supplyProblem(jobId, problem);
        await opened.page;
    }
}

function noneChosen() {
    return offcutError('CANCELLED', 'fetch', 'None of several pictures was chosen.');
}

/**
 * @param {Promise<Found | null>} found
 * @returns {Promise<{ chosen: Found | null, problem?: unknown }>}
 */
async function settle(found) {
    try {
        return { chosen: await found };
    } catch (problem) {
        return { chosen: null, problem };
    }
}

/**
 * The clipboard takes PNG only; every other action has what the settings say.
 *
 * @param {ClickAction} action
 * @returns {Promise<import('../messages/job_types.js').JobOptions | undefined>}
 */
async function optionsOf(action) {
    if (action !== 'copy') return undefined;
    return { ...jobOptions(await readSettings()), format: 'png' };
}

/**
 * Open a job and its page at the same time; the job first, since its page asks for it. The side
 * panel lists every job that is kept without a page.
 *
 * @param {Parameters<typeof openJob>[0]} start
 * @param {chrome.tabs.Tab | undefined} tab
 * @param {ClickAction} action
 */
function openBoth(start, tab, action) {
    if (action === 'panel') {
        return { job: openJob({ ...start, kept: true, isPatient: true }), page: Promise.resolve() };
    }
    const inFront = action !== 'background';
    return { job: openJob(start), page: openResult(start.jobId, tab, '', inFront) };
}

/**
 * Look for a clicked picture once more, for a page that shows why it could not be had.
 *
 * @param {{ clicked: Clicked, name: string }} body
 * @returns {Promise<{ jobId: string }>}
 */
export async function collectAgain({ clicked, name }) {
    const jobId = crypto.randomUUID();
    await openJob({ jobId, name });
    supplyClicked(jobId, clicked).catch((error) => console.warn(error));
    return { jobId };
}
