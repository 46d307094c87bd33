/**
 * @file What becomes of a cut-out without a page: a file, the clipboard, or its place in the
 * page that was clicked.
 *
 * Decides: "download", "copy" and "replace" without a result page: under which name a file is
 * saved, also beside one of the same name, when it counts as downloaded, the check mark on the
 * icon, the notification at the end.
 */

import { api } from '../platform/browser.js';
import { saveAddress } from '../platform/save_file.js';
import { outputFileName } from '../settings/file_name.js';
import { readSettings } from '../settings/settings.js';
import { askFrame } from './content_script.js';
import { engine } from './engine_host.js';
import { notifyDone } from './notifications.js';
import { openResult } from './open_job.js';
import { checkReplaced } from './replaced_pictures.js';
import { showProgress } from './toolbar.js';

const DONE_MARK = '✓';
const DONE_MS = 3000;
/** @type {Readonly<Record<string, string>>} */
const DONE = Object.freeze({
    download: 'done_download',
    copy: 'done_copy',
    replace: 'done_replace',
});

/** @typedef {import('../messages/job_types.js').JobSnapshot} JobSnapshot */
/** @typedef {import('./picture.js').Clicked} Clicked */

/**
 * What is left to do in the result page, as it is told there (result/finish_click.js); nothing if
 * it was done; null if the person cancelled it, of which nothing is said.
 *
 * @typedef {string | null} Rest
 */

/** @type {Record<string, (snapshot: JobSnapshot, clicked: Clicked) => Promise<Rest>>} */
const FINISHES = {
    download: ({ cutout, name }) => (cutout ? download(cutout, name) : Promise.resolve('')),
    copy: async ({ cutout }, clicked) => {
        await askFrame(clicked, 'cutout.copy', { blob: cutout?.blob });
        return '';
    },
    replace: async ({ cutout }, clicked) => {
        const { number = -1 } = clicked.picture ?? {};
        await askFrame(clicked, 'picture.replace', { number, blob: cutout?.blob });
        return '';
    },
};

/**
 * @param {import('../settings/settings.js').ClickAction} action
 * @param {JobSnapshot} snapshot  Of a finished job.
 * @param {Clicked} clicked
 * @returns {Promise<string>}  What to say of it on the picture; nothing where that is seen.
 */
export async function finishJob(action, snapshot, clicked) {
    const rest = await FINISHES[action]?.(snapshot, clicked);
    if (rest === null) return '';
    const { tabId, frameId, page } = clicked;
    if (rest) {
        const tab = await api.tabs.get(tabId).catch(() => undefined); // it may be closed
        await openResult(snapshot.jobId, tab, rest);
        return '';
    }
    if (action === 'replace') checkReplaced(tabId, { frameId, pages: [page] });
    showProgress(tabId, DONE_MARK);
    setTimeout(() => showProgress(tabId, ''), DONE_MS);
    const said = api.i18n.getMessage(DONE[action] ?? '');
    await notifyDone(said, snapshot.name);
    return action === 'replace' ? '' : said;
}

/**
 * @param {import('../messages/job_types.js').Cutout} cutout
 * @param {string} name  Of the picture.
 * @returns {Promise<Rest>}
 */
async function download({ blob, width, height }, name) {
    // A service worker can make no address for a Blob; the engine can.
    const { url } = await engine.request('url.create', { blob });
    try {
        const { fileNamePattern } = await readSettings();
        const facts = { name, mediaType: blob.type, width, height };
        const outcome = await saveAddress(url, outputFileName(fileNamePattern, facts));
        if (outcome.state === 'failed') return `download-${outcome.why}`;
        return outcome.state === 'cancelled' ? null : '';
    } finally {
        await engine.request('url.revoke', { url });
    }
}
