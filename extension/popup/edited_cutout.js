/**
 * @file The file of a job that was edited in its result page, as its edits make it.
 *
 * Decides: that the popup saves and copies what the person last saw. Where the engine no longer has
 * what an edit needs (a background picture), the result page has to make it.
 */

import { JobConnection } from '../messages/job_connection.js';
import { engine } from '../ui/engine.js';

/** @typedef {import('../messages/job_types.js').JobSnapshot} JobSnapshot */
/** @typedef {import('../messages/job_types.js').Cutout} Cutout */

/**
 * @param {JobSnapshot} snapshot  Of a finished job.
 * @returns {Promise<Cutout | null>}  Null where only the result page can make it.
 */
export function editedCutout({ jobId, cutout, edit }) {
    if (!edit) return Promise.resolve(cutout ?? null);
    return new Promise((resolve) => {
        /** @param {Cutout | null} made */
        const end = (made) => {
            connection.close();
            resolve(made);
        };
        const connection = new JobConnection(
            engine,
            () => `job:${jobId}`,
            {
                // Only then is there an engine that has the job.
                onSnapshot: () => ask(),
                onReply: (reply) => end(reply.ok ? reply.body : null),
                onLoss: () => end(null),
                onLost: () => end(null),
            },
            true,
        );
        let isAsked = false;
        const ask = () => {
            if (!isAsked) connection.post({ type: 'edit.save', id: 1, body: { edit } });
            isAsked = true;
        };
    });
}
