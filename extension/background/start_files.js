/**
 * @file Takes files from the popup, which may be gone in a moment: a click elsewhere closes it. The
 * result page hands over what is pasted there.
 *
 * Decides: how many pictures go to the workbench instead, which file is told as unreadable.
 */

import { putInInbox } from '../platform/batch_files.js';
import { pictureName } from '../settings/file_name.js';
import { startJob } from './open_job.js';
import { openWorkbench } from './workbench.js';

/** More pictures than this go to the workbench. */
const MOST_PICTURES = 8;

/**
 * Start a job for each file, or open the workbench with all of them if they are many. All are
 * read before the first job starts.
 *
 * @param {{ files: import('../messages/job_types.js').NamedPicture[], isPatient?: boolean }} message
 * @returns {Promise<{ jobIds: string[], unread: string }>}  What has begun, and the name of the first
 *     file that could not be read.
 */
export async function startFiles({ files, isPatient = true }) {
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
        const { jobId } = await startJob({
            name: pictureName(name),
            source,
            kept: true,
            isPatient,
        });
        jobIds.push(jobId);
    }
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
