/**
 * @file Takes files from the popup, which may be gone in a moment: its file dialogue closes it. The
 * result page hands over what is pasted there.
 *
 * Decides: how many pictures go to the workbench instead, which file is told as unreadable, that a
 * popup that was closed by its dialogue is opened again.
 */

import { putInInbox } from '../platform/batch_files.js';
import { api } from '../platform/browser.js';
import { pictureName } from '../settings/file_name.js';
import { startJob } from './open_job.js';
import { openWorkbench } from './workbench.js';

/** More pictures than this go to the workbench. */
const MOST_PICTURES = 8;

/**
 * Start a job for each file, or open the workbench with all of them if they are many. All are
 * read before the first job starts.
 *
 * @param {{ files: import('../messages/job_types.js').NamedPicture[], showsJobs?: boolean }} message
 *     `showsJobs` if the page that asks shows them itself.
 * @returns {Promise<{ jobIds: string[], unread: string }>}  What has begun, and the name of the first
 *     file that could not be read.
 */
export async function startFiles({ files, showsJobs = false }) {
    if (files.length > MOST_PICTURES) {
        await putInInbox(files.map(({ name, blob }) => new File([blob], name, blob)));
        await openWorkbench();
        return { jobIds: [], unread: '' };
    }
    const read = await Promise.allSettled(files.map(copyOf));
    const jobIds = [];
    for (const [index, { name }] of files.entries()) {
        const result = read[index];
        if (result?.status !== 'fulfilled') continue;
        const source = /** @type {const} */ ({ kind: 'blob', blob: result.value });
        const { jobId } = await startJob({ name: pictureName(name), source, kept: true });
        jobIds.push(jobId);
    }
    if (!showsJobs) showPopup().catch((error) => console.debug('the popup stays closed:', error));
    const lost = read.findIndex(({ status }) => status === 'rejected');
    return { jobIds, unread: files[lost]?.name ?? '' };
}

/**
 * The bytes themselves: what the engine gets must not depend on a file that the user may move.
 * Still a file, so that the list can show its whole name.
 *
 * @param {import('../messages/job_types.js').NamedPicture} picture
 */
async function copyOf({ name, blob }) {
    return new File([await blob.arrayBuffer()], name, { type: blob.type });
}

/** Where the end of the file dialogue has closed the popup, show what it has begun. */
async function showPopup() {
    const popups = await api.runtime.getContexts({ contextTypes: ['POPUP', 'TAB'] });
    const isShown = popups.some(({ documentUrl }) => documentUrl?.includes('/popup/'));
    if (!isShown) await api.action.openPopup();
}
