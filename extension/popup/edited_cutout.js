/**
 * @file The file of a job that was edited in its result page, as its edits make it.
 *
 * Decides: that the popup shows, saves and copies what the person last saw. Where the engine no longer
 * has what an edit needs (a background picture), the result page has to make it.
 */

import { JobConnection } from '../messages/job_connection.js';
import { engine } from '../ui/engine.js';
import { isEdited } from '../ui/is_edited.js';
import { JobEdits } from '../ui/job_edits.js';

/** @typedef {import('../messages/job_types.js').JobSnapshot} JobSnapshot */
/** @typedef {import('../messages/job_types.js').Cutout} Cutout */

/**
 * @param {JobSnapshot} snapshot  Of a finished job.
 * @returns {Promise<Cutout | null>}  Null where only the result page can make it.
 */
export async function editedCutout(snapshot) {
    const { jobId, cutout, edit, edited } = snapshot;
    if (!isEdited(snapshot)) return cutout ?? null;
    return edited ?? save(jobId, edit);
}

/**
 * @param {string} jobId
 * @param {JobSnapshot['edit']} edit
 * @returns {Promise<Cutout | null>}  Null if it could not be had.
 */
async function save(jobId, edit) {
    /** @type {PromiseWithResolvers<boolean>} Whether there is an engine that has the job. */
    const known = Promise.withResolvers();
    const lose = () => {
        known.resolve(false);
        edits.lose();
    };
    const listener = {
        onSnapshot: () => known.resolve(true),
        onReply: (/** @type {any} */ reply) => edits.receive(reply),
        onLoss: lose,
        onLost: lose,
    };
    const connection = new JobConnection(engine, () => `job:${jobId}`, listener, true);
    const edits = new JobEdits((request) => connection.post(request));
    const isThere = await known.promise;
    const made = isThere ? await edits.ask('edit.save', { edit }).catch(() => null) : null;
    connection.close();
    return made;
}
