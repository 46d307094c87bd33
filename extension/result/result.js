/**
 * @file The page of one job: original and progress, then the cutout or the failure.
 *
 * `data-state` of the root element is the state of the page: waiting, queued, running,
 * done, failed or cancelled.
 */

import { OffcutError, toFailure } from '../messages/failure.js';
import { request } from '../messages/request.js';
import { api } from '../platform/browser.js';
import { byId } from '../ui/dom.js';
import { localizePage, text } from '../ui/i18n.js';
import { resultAddress, startJob } from '../ui/start_job.js';
import { showFailure } from './failed.js';
import { showCutout } from './finished.js';
import { allowHost, finishLeftOver, takeScreen } from './other_ways.js';
import { copyPng, download } from './save.js';
import { showStages } from './working.js';

/** @typedef {import('../messages/types.js').JobSnapshot} JobSnapshot */

const jobId = new URLSearchParams(location.search).get('job') ?? '';
const root = document.documentElement;
const said = byId('said', HTMLElement);
/** @type {Blob | undefined} The original, kept for another try. */
let picture;
/** @type {JobSnapshot | undefined} */
let last;
/** @type {chrome.runtime.Port | undefined} */
let port;
/** What the click was to do and could not do from its page. */
let leftOver = new URLSearchParams(location.search).get('then') ?? '';
/** Cancel was pressed, perhaps before there was an engine to tell. */
let wantsCancel = false;

localizePage();
wireButtons();
watchJob();

async function watchJob() {
    try {
        await request('background', 'engine.ensure');
    } catch (error) {
        show(failed(toFailure(error, 'engine')));
        return;
    }
    port = api.runtime.connect({ name: `job:${jobId}` });
    port.onMessage.addListener(show);
    if (wantsCancel) port.postMessage({ type: 'job.cancel' });
    // The engine never hangs up: if it does, its document has died.
    port.onDisconnect.addListener(() => {
        request('background', 'engine.ensure').catch(() => undefined); // resets the toolbar icon
        if (last && isOver(last)) return;
        show(failed({ code: 'ENGINE_LOST', stage: 'engine', message: 'disconnected', detail: {} }));
    });
}

/** @param {JobSnapshot} snapshot */
function show(snapshot) {
    last = snapshot;
    if (snapshot.name) nameIs(snapshot.name);
    if (snapshot.picture) showOriginal(snapshot.picture);
    showStages(snapshot);
    if (snapshot.state === 'done') {
        showCutout(snapshot);
        finishClick();
    }
    if (snapshot.state === 'failed' || snapshot.state === 'cancelled') {
        showFailure(snapshot, picture !== undefined);
    }
    // For scripts/run, for the tests and for whoever looks with the developer tools.
    root.dataset.choice = JSON.stringify(snapshot.choice ?? null);
    root.dataset.timings = JSON.stringify(snapshot.timings);
    root.dataset.failure = JSON.stringify(snapshot.failure ?? null);
    root.dataset.state = snapshot.state;
}

/** What the click was to do beyond showing the cut-out; once. */
async function finishClick() {
    const action = leftOver;
    leftOver = '';
    const sentence = await finishLeftOver(action, async () => {
        if (last?.cutout) await copyPng(last.cutout.blob);
    });
    if (sentence) said.textContent = sentence;
}

/** @param {string} name */
function nameIs(name) {
    byId('title', HTMLElement).textContent = name;
    document.title = text('result_page_title', name);
}

/** @param {Blob} blob */
function showOriginal(blob) {
    picture = blob;
    const image = byId('original', HTMLImageElement);
    image.src = URL.createObjectURL(blob);
    image.alt = text('result_original');
    const figure = byId('original-figure', HTMLElement);
    figure.hidden = false;
    // The browser shows less than Python reads, a TIFF for one.
    image.addEventListener('error', () => {
        figure.hidden = true;
    });
}

/**
 * @param {import('../messages/types.js').Failure} failure
 * @returns {JobSnapshot}
 */
function failed(failure) {
    const { name = '', stages, timings = {} } = last ?? {};
    const none = { fetch: 0, start_python: 0, load_model: 0, find_subject: 0, refine: 0, save: 0 };
    return { jobId, name, state: 'failed', ahead: 0, stages: stages ?? none, timings, failure };
}

/** @param {JobSnapshot} snapshot */
function isOver({ state }) {
    return state === 'done' || state === 'failed' || state === 'cancelled';
}

function wireButtons() {
    const on = (/** @type {string} */ id, /** @type {() => unknown} */ act) => {
        const button = byId(id, HTMLButtonElement);
        button.addEventListener('click', async () => {
            button.disabled = true; // a second click would do it twice
            try {
                await act();
            } catch (error) {
                console.error(error);
                said.textContent = sayWhy(error);
            }
            button.disabled = false;
        });
    };
    on('cancel', () => {
        wantsCancel = true;
        port?.postMessage({ type: 'job.cancel' });
    });
    on('download', () => last?.cutout && download(last.cutout.blob, last.name));
    on('copy', async () => {
        if (!last?.cutout) return;
        await copyPng(last.cutout.blob);
        said.textContent = text('result_copied');
    });
    on('copy-details', async () => {
        await navigator.clipboard.writeText(JSON.stringify(last?.failure ?? last?.state, null, 2));
        said.textContent = text('result_details_copied');
    });
    on('retry', () => picture && again({ kind: 'blob', blob: picture }));
    on('allow', async () => {
        if (!last?.failure) return;
        const allowed = await allowHost(last.failure);
        said.textContent = allowed.said;
        if (allowed.source) await again(allowed.source);
    });
    on('take-screen', async () => {
        if (last?.failure) await again(await takeScreen(last.failure));
    });
    on('own-picture', () => location.assign('/popup/popup.html'));
}

/** @param {unknown} error */
function sayWhy(error) {
    const code = error instanceof OffcutError ? error.failure.code : '';
    return (code && text(`failure_${code}`)) || text('result_action_failed');
}

/**
 * The same picture in a new job, shown here.
 *
 * @param {import('../messages/types.js').ImageSource} source
 */
async function again(source) {
    location.replace(resultAddress(await startJob(last?.name ?? '', source)));
}
