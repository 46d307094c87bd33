/**
 * @file The page of one job: original and progress, then the editor or the failure.
 *
 * Decides: the page's state and title, the original beside it, what each of its buttons starts:
 * download, copy, share, try again, copy details.
 *
 * `data-state` of the root element is the state of the page: waiting, queued, running,
 * done, failed or cancelled.
 */

import { OffcutError } from '../messages/failure.js';
import { byId } from '../ui/dom.js';
import { failureText } from '../ui/failure_text.js';
import { localizePage, text } from '../ui/i18n.js';
import { copyPicture } from '../ui/save.js';
import { wireShortcutHelp } from '../ui/shortcut_help.js';
import { followTheme } from '../ui/theme.js';
import { EditorSession } from './editor_session.js';
import { ownSource, wireFailureButtons } from './failure_buttons.js';
import { finishClick } from './finish_click.js';
import { fillIdPhotoGroup } from './id_photo_form.js';
import { JobPort } from './job_port.js';
import { MovingResult } from './moving.js';
import { wireOtherPictures } from './other_pictures.js';
import { wireSheets } from './print_sheets.js';
import { showFailure } from './show_failure.js';
import { showStages } from './show_stages.js';

/** @typedef {import('../messages/job_types.js').JobSnapshot} JobSnapshot */

const query = new URLSearchParams(location.search);
const root = document.documentElement;
/** As long as a message stays that asks for nothing. */
const BRIEF_MS = 10_000;
/** @type {Blob | undefined} The original, for another try. */
let picture;
/** @type {JobSnapshot | undefined} */
let last;
/** What the user's click asked for and could not be done in the clicked page. */
let leftOver = query.get('then') ?? '';

localizePage();
followTheme();
wireShortcutHelp({ hasEditor: true });
const port = new JobPort({
    onSnapshot: receive,
    onReply: (reply) => session.link.receive(reply),
    onLoss: () => session.link.disconnect(),
    onLost: handleLoss,
});
const session = new EditorSession(port, say);
const moving = new MovingResult(session.link, port, say);
wireButtons();
wireOtherPictures(() => session.isOpen, attempt, sayBriefly);
port.watch(query.get('job') ?? '');

/** @param {JobSnapshot} snapshot */
function receive(snapshot) {
    if (snapshot.picture) showOriginal(snapshot.picture);
    if (session.isOpen) session.follow(snapshot);
    else if (!moving.isOpen) show(snapshot);
}

/** @param {import('../messages/failure.js').Failure} failure */
function handleLoss(failure) {
    if (moving.isOpen) session.link.fail(failure);
    else if (session.isOpen) session.restart(failure, last?.name ?? '', picture);
    else if (!last || !isOver(last)) show(failureSnapshot(failure));
}

/** @param {JobSnapshot} snapshot */
async function show(snapshot) {
    last = snapshot;
    if (snapshot.name) showName(snapshot.name);
    if (isOver(snapshot) && !picture) byId('original-figure', HTMLElement).hidden = true;
    showStages(snapshot);
    if (snapshot.state === 'failed' || snapshot.state === 'cancelled') {
        showFailure(snapshot, ownSource(picture, snapshot) !== undefined);
    }
    // For scripts/run, for the tests, and for the developer tools.
    root.dataset.choice = JSON.stringify(snapshot.choice ?? null);
    root.dataset.timings = JSON.stringify(snapshot.timings);
    root.dataset.failure = JSON.stringify(snapshot.failure ?? null);
    const moves = (snapshot.cutout?.frames ?? 1) > 1;
    if (snapshot.state === 'done') await (moves ? moving : session).open(snapshot);
    if (moves) byId('working', HTMLElement).hidden = true;
    root.dataset.state = snapshot.state;
    if (snapshot.state === 'done') finishOnce();
}

/** Do once what the click asked for beyond showing the cut-out. */
async function finishOnce() {
    if (query.get('by') === 'hand') session.editor?.takeTool('keep');
    if (query.get('by') === 'tap') session.editor?.takeTool('tap');
    const action = leftOver;
    leftOver = '';
    const sentence = await finishClick(action, async () => {
        session.settle();
        if (last?.cutout) await copyPicture(last.cutout.blob);
    });
    if (sentence) say(sentence);
}

/** @param {string} sentence */
function say(sentence) {
    byId('said', HTMLElement).textContent = sentence;
}

/**
 * What is read at once and then only lies in the way.
 *
 * @param {string} sentence
 */
function sayBriefly(sentence) {
    say(sentence);
    const said = byId('said', HTMLElement);
    setTimeout(() => said.textContent === sentence && say(''), BRIEF_MS);
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
    const stages = {
        fetch: 0,
        start_python: 0,
        load_model: 0,
        find_subject: 0,
        refine: 0,
        save: 0,
    };
    const nothing = { jobId: '', name: '', stages, timings: {} };
    return { ...nothing, ...last, state: 'failed', ahead: 0, failure };
}

/** @param {JobSnapshot} snapshot */
function isOver({ state }) {
    return state === 'done' || state === 'failed' || state === 'cancelled';
}

function wireButtons() {
    wireFileButtons();
    wireFailureButtons({
        on,
        snapshot: () => last,
        picture: () => picture,
        showFailure: (failure) => last && show({ ...last, failure }),
        say,
        forget: () => port.post({ type: 'job.forget' }),
    });
    on('cancel', () => port.cancel());
    // It lies over the panel: whoever goes on has read it.
    byId('finished', HTMLElement).addEventListener('pointerdown', () => say(''));
}

function wireFileButtons() {
    on('download', async () => {
        const { editor } = session;
        session.settle();
        if (editor) say(await editor.bar.download(await editor.file(), editor.now.frame));
    });
    moving.wire(on, () => picture);
    fillIdPhotoGroup();
    wireSheets(on, () => session.editor, say);
    on('save-matte', async () => {
        const { editor } = session;
        session.settle();
        if (editor) say(await editor.bar.downloadBeside(await session.matte(editor), 'matte'));
    });
    on('copy', async () => {
        const { editor } = session;
        session.settle();
        if (!editor) return;
        await editor.bar.copy(editor.png());
        sayBriefly(text('result_copied'));
    });
    on('share', async () => {
        session.settle();
        const { editor } = session;
        if (editor) await editor.bar.share(await session.picture(editor));
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
        await attempt(act);
        button.disabled = false;
    });
}

/** @param {() => unknown} act */
async function attempt(act) {
    try {
        await act();
    } catch (error) {
        console.error(error);
        say(failureSentence(error));
    }
}

/** @param {unknown} error */
function failureSentence(error) {
    if (!(error instanceof OffcutError)) return text('result_action_failed');
    return failureText(error.failure.code, error.failure.detail);
}
