/**
 * @file The page of one job: original and progress, then the editor or the failure.
 *
 * `data-state` of the root element is the state of the page: waiting, queued, running,
 * done, failed or cancelled.
 */

import { OffcutError } from '../messages/failure.js';
import { byId } from '../ui/dom.js';
import { localizePage, text } from '../ui/i18n.js';
import { copyPicture } from '../ui/save.js';
import { resultAddress, startJob } from '../ui/start_job.js';
import { followTheme } from '../ui/theme.js';
import { Editing } from './editor_session.js';
import { showFailure } from './show_failure.js';
import { JobPort } from './job_port.js';
import { allowHost, finishLeftOver, takeScreen } from './recovery.js';
import { showStages } from './show_stages.js';

/** @typedef {import('../messages/job_types.js').JobSnapshot} JobSnapshot */

const query = new URLSearchParams(location.search);
const root = document.documentElement;
/** @type {Blob | undefined} The original, kept for another try. */
let picture;
/** @type {JobSnapshot | undefined} */
let last;
/** What the click was to do and could not do from its page. */
let leftOver = query.get('then') ?? '';

localizePage();
followTheme();
const port = new JobPort({
    onSnapshot: see,
    onReply: (reply) => editing.link.replied(reply),
    onLost: lost,
});
const editing = new Editing(port, say);
wireButtons();
port.watch(query.get('job') ?? '');

/** @param {JobSnapshot} snapshot */
function see(snapshot) {
    if (snapshot.picture) showOriginal(snapshot.picture);
    if (editing.isOpen) editing.follow(snapshot);
    else show(snapshot);
}

/** @param {import('../messages/failure.js').Failure} failure */
function lost(failure) {
    if (editing.isOpen) editing.lost(failure, last?.name ?? '', picture);
    else if (!last || !isOver(last)) show(failed(failure));
}

/** @param {JobSnapshot} snapshot */
async function show(snapshot) {
    last = snapshot;
    if (snapshot.name) nameIs(snapshot.name);
    showStages(snapshot);
    if (snapshot.state === 'failed' || snapshot.state === 'cancelled') {
        showFailure(snapshot, picture !== undefined);
    }
    // For scripts/run, for the tests and for whoever looks with the developer tools.
    root.dataset.choice = JSON.stringify(snapshot.choice ?? null);
    root.dataset.timings = JSON.stringify(snapshot.timings);
    root.dataset.failure = JSON.stringify(snapshot.failure ?? null);
    if (snapshot.state === 'done') await editing.open(snapshot);
    root.dataset.state = snapshot.state;
    if (snapshot.state === 'done') finishClick();
}

/** What the click was to do beyond showing the cut-out; once. */
async function finishClick() {
    const action = leftOver;
    leftOver = '';
    const sentence = await finishLeftOver(action, async () => {
        if (last?.cutout) await copyPicture(last.cutout.blob);
    });
    if (sentence) say(sentence);
}

/** @param {string} sentence */
function say(sentence) {
    byId('said', HTMLElement).textContent = sentence;
}

/** @param {string} name */
function nameIs(name) {
    byId('title', HTMLElement).textContent = name;
    document.title = text('result_page_title', name);
}

/** @param {Blob} blob */
function showOriginal(blob) {
    if (picture) return;
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
 * @param {import('../messages/failure.js').Failure} failure
 * @returns {JobSnapshot}
 */
function failed(failure) {
    const { jobId = '', name = '', stages, timings = {} } = last ?? {};
    const none = { fetch: 0, start_python: 0, load_model: 0, find_subject: 0, refine: 0, save: 0 };
    return { jobId, name, state: 'failed', ahead: 0, stages: stages ?? none, timings, failure };
}

/** @param {JobSnapshot} snapshot */
function isOver({ state }) {
    return state === 'done' || state === 'failed' || state === 'cancelled';
}

function wireButtons() {
    on('cancel', () => port.cancel());
    on('download', async () => editing.editor?.bar.download(await editing.editor.file()));
    on('copy', async () => {
        const { editor } = editing;
        if (!editor) return;
        await editor.bar.copy(editor.png());
        say(text('result_copied'));
    });
    on('share', async () => editing.editor?.bar.share(await editing.editor.file()));
    on('copy-details', async () => {
        await navigator.clipboard.writeText(JSON.stringify(last?.failure ?? last?.state, null, 2));
        say(text('result_details_copied'));
    });
    on('retry', () => picture && again({ kind: 'blob', blob: picture }));
    on('allow', async () => {
        if (!last?.failure) return;
        const allowed = await allowHost(last.failure);
        say(allowed.said);
        if (allowed.source) await again(allowed.source);
    });
    on('take-screen', async () => {
        if (last?.failure) await again(await takeScreen(last.failure));
    });
    on('own-picture', () => location.assign('/popup/popup.html'));
}

/**
 * @param {string} id
 * @param {() => unknown} act
 */
function on(id, act) {
    const button = byId(id, HTMLButtonElement);
    button.addEventListener('click', async () => {
        button.disabled = true; // a second click would do it twice
        try {
            await act();
        } catch (error) {
            console.error(error);
            say(sayWhy(error));
        }
        button.disabled = false;
    });
}

/** @param {unknown} error */
function sayWhy(error) {
    const code = error instanceof OffcutError ? error.failure.code : '';
    return (code && text(`failure_${code}`)) || text('result_action_failed');
}

/**
 * The same picture in a new job, shown here.
 *
 * @param {import('../messages/page_types.js').ImageSource} source
 */
async function again(source) {
    location.replace(resultAddress(await startJob(last?.name ?? '', source)));
}
