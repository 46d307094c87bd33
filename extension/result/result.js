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
import { EditorSession } from './editor_session.js';
import { finishClick } from './finish_click.js';
import { JobPort } from './job_port.js';
import { allowHost, takeScreen } from './recovery.js';
import { showFailure } from './show_failure.js';
import { showStages } from './show_stages.js';

/** @typedef {import('../messages/job_types.js').JobSnapshot} JobSnapshot */

const query = new URLSearchParams(location.search);
const root = document.documentElement;
/** @type {Blob | undefined} The original, for another try. */
let picture;
/** @type {JobSnapshot | undefined} */
let last;
/** What the user's click asked for and could not be done in the clicked page. */
let leftOver = query.get('then') ?? '';

localizePage();
followTheme();
const port = new JobPort({
    onSnapshot: receive,
    onReply: (reply) => session.link.receive(reply),
    onLost: handleLoss,
});
const session = new EditorSession(port, say);
wireButtons();
port.watch(query.get('job') ?? '');

/** @param {JobSnapshot} snapshot */
function receive(snapshot) {
    if (snapshot.picture) showOriginal(snapshot.picture);
    if (session.isOpen) session.follow(snapshot);
    else show(snapshot);
}

/** @param {import('../messages/failure.js').Failure} failure */
function handleLoss(failure) {
    if (session.isOpen) session.restart(failure, last?.name ?? '', picture);
    else if (!last || !isOver(last)) show(failureSnapshot(failure));
}

/** @param {JobSnapshot} snapshot */
async function show(snapshot) {
    last = snapshot;
    if (snapshot.name) showName(snapshot.name);
    showStages(snapshot);
    if (snapshot.state === 'failed' || snapshot.state === 'cancelled') {
        showFailure(snapshot, picture !== undefined);
    }
    // For scripts/run, for the tests, and for the developer tools.
    root.dataset.choice = JSON.stringify(snapshot.choice ?? null);
    root.dataset.timings = JSON.stringify(snapshot.timings);
    root.dataset.failure = JSON.stringify(snapshot.failure ?? null);
    if (snapshot.state === 'done') await session.open(snapshot);
    root.dataset.state = snapshot.state;
    if (snapshot.state === 'done') finishOnce();
}

/** Do once what the click asked for beyond showing the cut-out. */
async function finishOnce() {
    const action = leftOver;
    leftOver = '';
    const sentence = await finishClick(action, async () => {
        if (last?.cutout) await copyPicture(last.cutout.blob);
    });
    if (sentence) say(sentence);
}

/** @param {string} sentence */
function say(sentence) {
    byId('said', HTMLElement).textContent = sentence;
}

/** @param {string} name */
function showName(name) {
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
    // Python reads formats that the browser cannot show, for example TIFF.
    image.addEventListener('error', () => {
        figure.hidden = true;
    });
}

/**
 * @param {import('../messages/failure.js').Failure} failure
 * @returns {JobSnapshot}
 */
function failureSnapshot(failure) {
    const { jobId = '', name = '', stages, timings = {} } = last ?? {};
    const none = { fetch: 0, start_python: 0, load_model: 0, find_subject: 0, refine: 0, save: 0 };
    return { jobId, name, state: 'failed', ahead: 0, stages: stages ?? none, timings, failure };
}

/** @param {JobSnapshot} snapshot */
function isOver({ state }) {
    return state === 'done' || state === 'failed' || state === 'cancelled';
}

function wireButtons() {
    wireFileButtons();
    wireFailureButtons();
    on('cancel', () => port.cancel());
    // It lies over the panel: whoever goes on has read it.
    byId('finished', HTMLElement).addEventListener('pointerdown', () => say(''));
    on('own-picture', () => location.assign('/popup/popup.html'));
}

function wireFileButtons() {
    on('download', async () => session.editor?.bar.download(await session.editor.file()));
    on('copy', async () => {
        const { editor } = session;
        if (!editor) return;
        await editor.bar.copy(editor.png());
        say(text('result_copied'));
    });
    on('share', async () => session.editor?.bar.share(await session.editor.file()));
}

function wireFailureButtons() {
    on('copy-details', async () => {
        await navigator.clipboard.writeText(JSON.stringify(last?.failure ?? last?.state, null, 2));
        say(text('result_details_copied'));
    });
    on('retry', () => picture && restart({ kind: 'blob', blob: picture }));
    on('allow', async () => {
        if (!last?.failure) return;
        const allowed = await allowHost(last.failure);
        say(allowed.said);
        if (allowed.source) await restart(allowed.source);
    });
    on('take-screen', async () => {
        if (last?.failure) await restart(await takeScreen(last.failure));
    });
}

/**
 * @param {string} id
 * @param {() => unknown} act
 */
function on(id, act) {
    const button = byId(id, HTMLButtonElement);
    button.addEventListener('click', async () => {
        button.disabled = true; // so that a second click does not do it twice
        try {
            await act();
        } catch (error) {
            console.error(error);
            say(failureSentence(error));
        }
        button.disabled = false;
    });
}

/** @param {unknown} error */
function failureSentence(error) {
    const code = error instanceof OffcutError ? error.failure.code : '';
    return (code && text(`failure_${code}`)) || text('result_action_failed');
}

/**
 * Show a new job for the same picture in this page.
 *
 * @param {import('../messages/page_types.js').ImageSource} source
 */
async function restart(source) {
    location.replace(resultAddress(await startJob(last?.name ?? '', source)));
}
