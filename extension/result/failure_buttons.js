/**
 * @file What the buttons of a failed or cancelled job do.
 */

import { api } from '../platform/browser.js';
import { mayRead } from '../platform/host_right.js';
import { text } from '../ui/i18n.js';
import { resultAddress, startJob } from '../ui/start_job.js';
import {
    allowHost,
    BUTTONS,
    collectAgain,
    showClickedPage,
    sourceOf,
    takeScreen,
} from './recovery.js';

/** @typedef {import('../messages/job_types.js').JobSnapshot} JobSnapshot */
/** @typedef {import('../messages/page_types.js').ImageSource} ImageSource */
/** @typedef {import('../messages/failure.js').Failure} Failure */

/**
 * The page around the buttons.
 *
 * @typedef {object} FailedPage
 * @property {(id: string, act: () => unknown) => void} on  Wires a button.
 * @property {() => JobSnapshot | undefined} snapshot       The job that has failed.
 * @property {() => Blob | undefined} picture               Its original.
 * @property {(failure: Failure) => void} showFailure
 * @property {(sentence: string) => void} say
 * @property {() => void} forget  Take the job off every list: another one has its place.
 */

/** @param {FailedPage} page */
export function wireFailureButtons(page) {
    const { on } = page;
    on('copy-details', async () => {
        const { failure, state } = page.snapshot() ?? {};
        await navigator.clipboard.writeText(JSON.stringify(failure ?? state, null, 2));
        page.say(text('result_details_copied'));
    });
    on(BUTTONS.again, () => tryAgain(page));
    on(BUTTONS.allow, () => withFailure(page, (failure) => allow(page, failure)));
    api.permissions.onAdded.addListener(() => goOn(page));
    on(BUTTONS.screen, () =>
        withFailure(page, async (failure) => restart(page, await takeScreen(failure))),
    );
    on(BUTTONS.hand, () => restart(page, sourceIn(page), { allowEmpty: true }, '&by=hand'));
    on(BUTTONS.best, () => {
        const options = { ...page.snapshot()?.options, quality: 'best' };
        return restart(page, sourceIn(page), { options });
    });
    on(BUTTONS.page, () => withFailure(page, showClickedPage));
    on(BUTTONS.picture, () =>
        withFailure(page, ({ detail }) => {
            window.open(String(detail.url), '_blank', 'noopener');
        }),
    );
    on(BUTTONS.models, () => location.assign('/options/options.html#models'));
    on(BUTTONS.settings, () => location.assign('/options/options.html'));
    on(BUTTONS.own, () => location.assign('/popup/popup.html'));
}

/**
 * @param {FailedPage} page
 * @param {(failure: Failure) => unknown} act
 */
function withFailure(page, act) {
    const failure = page.snapshot()?.failure;
    return failure && act(failure);
}

/**
 * The same bytes, if they are here; else the picture is looked for anew.
 *
 * @param {FailedPage} page
 */
async function tryAgain(page) {
    const { failure, name = '' } = page.snapshot() ?? {};
    const source = sourceIn(page);
    if (source) await restart(page, source);
    else if (failure?.detail.clicked) location.replace(await collectAgain(failure, name));
    else if (failure) await restart(page, sourceOf(failure));
}

/**
 * The picture for another try, or where it is to be had.
 *
 * @param {Blob | undefined} picture
 * @param {JobSnapshot | undefined} snapshot
 * @returns {ImageSource | undefined}
 */
export function ownSource(picture, snapshot) {
    return picture ? { kind: 'blob', blob: picture } : snapshot?.source;
}

/** @param {FailedPage} page */
function sourceIn(page) {
    return ownSource(page.picture(), page.snapshot());
}

/**
 * Go on by itself once the right has come; else there are other ways.
 *
 * @param {FailedPage} page
 * @param {Failure} failure
 */
async function allow(page, failure) {
    const isFrame = failure.code === 'FRAME_CLOSED';
    if (await allowHost(failure)) {
        if (isFrame) page.say(text('result_click_again'));
        else await goOn(page);
        return;
    }
    if (!isFrame) page.showFailure({ ...failure, code: 'PERMISSION_REFUSED' });
    page.say(text('result_not_allowed'));
}

/** Pages that are on their way to another job. */
const leaving = new WeakSet();

/**
 * The right to the picture's server has come, from here or from elsewhere: fetch it. Once: the
 * browser tells of the right as well.
 *
 * @param {FailedPage} page
 */
async function goOn(page) {
    const failure = page.snapshot()?.failure;
    if (!failure?.code.startsWith('PERMISSION_') || leaving.has(page)) return;
    if (!(await mayRead(String(failure.detail.url))) || leaving.has(page)) return;
    leaving.add(page);
    await restart(page, sourceOf(failure));
}

/**
 * Show a new job for the same picture in this page.
 *
 * @param {FailedPage} page
 * @param {ImageSource | undefined} source
 * @param {import('../ui/start_job.js').JobWishes} [wishes]
 * @param {string} [more]  Of the address.
 */
async function restart(page, source, wishes, more = '') {
    if (!source) return;
    const { name = '', options } = page.snapshot() ?? {};
    const jobId = await startJob(name, source, { ...(options && { options }), ...wishes });
    page.forget();
    location.replace(resultAddress(jobId) + more);
}
