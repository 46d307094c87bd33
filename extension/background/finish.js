/**
 * @file What becomes of a cut-out without a page: a file, the clipboard, or its place in the
 * page that was clicked.
 */

import { request } from '../messages/request.js';
import { api } from '../platform/browser.js';
import { outputFileName } from '../settings/file_name.js';
import { readSettings } from '../settings/settings.js';
import { askFrame } from './content_script.js';
import { notifyDone } from './notifications.js';
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

/** @type {Record<string, (snapshot: JobSnapshot, clicked: Clicked) => Promise<unknown>>} */
const FINISHES = {
    download: ({ cutout, name }) => (cutout ? download(cutout, name) : Promise.resolve()),
    copy: ({ cutout }, clicked) => askFrame(clicked, 'cutout.copy', { blob: cutout?.blob }),
    replace: ({ cutout }, clicked) => {
        const { number = -1 } = clicked.picture ?? {};
        return askFrame(clicked, 'picture.replace', { number, blob: cutout?.blob });
    },
};

/**
 * @param {import('../settings/settings.js').ClickAction} action
 * @param {JobSnapshot} snapshot  Of a finished job.
 * @param {Clicked} clicked
 * @returns {Promise<string>}  What to say of it on the picture; nothing where that is seen.
 */
export async function finishJob(action, snapshot, clicked) {
    await FINISHES[action]?.(snapshot, clicked);
    const { tabId, frameId, page } = clicked;
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
 */
async function download({ blob, width, height }, name) {
    // A service worker can make no address for a Blob; the engine can.
    const { url } = await request('engine', 'url.create', { blob });
    try {
        const { fileNamePattern } = await readSettings();
        const facts = { name, mediaType: blob.type, width, height };
        const filename = outputFileName(fileNamePattern, facts);
        const id = await api.downloads.download({ url, filename, conflictAction: 'uniquify' });
        await waitForDownload(id);
    } finally {
        await request('engine', 'url.revoke', { url });
    }
}

/**
 * @param {number} id
 * @returns {Promise<void>}
 */
async function waitForDownload(id) {
    /** @type {PromiseWithResolvers<void>} */
    const { promise, resolve, reject } = Promise.withResolvers();
    const settle = (/** @type {string | undefined} */ state) => {
        if (state === 'complete') resolve();
        if (state === 'interrupted') reject(new Error('the download was interrupted'));
    };
    const listen = (/** @type {chrome.downloads.DownloadDelta} */ delta) => {
        if (delta.id === id) settle(delta.state?.current);
    };
    api.downloads.onChanged.addListener(listen);
    try {
        const [item] = await api.downloads.search({ id });
        settle(item?.state);
        await promise;
    } finally {
        api.downloads.onChanged.removeListener(listen);
    }
}
