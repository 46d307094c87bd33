/**
 * @file The file of a job: as the edits in its result page make it, or the better one of the quality
 * "auto", which is waited for.
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
export async function editedCutout({ jobId, cutout, edit, options, quality }) {
    if (edit) return ask(jobId, { type: 'edit.save', id: 1, body: { edit } });
    if (options?.quality !== 'auto' || quality === 'best') return cutout ?? null;
    const made = await ask(jobId, { type: 'edit.better', id: 1, body: {} });
    return made?.better ?? cutout ?? null;
}

/**
 * @param {string} jobId
 * @param {import('../messages/edit_types.js').EditRequest} request
 * @returns {Promise<any>}  Null if it could not be had.
 */
function ask(jobId, request) {
    return new Promise((resolve) => {
        /** @param {any} made */
        const end = (made) => {
            connection.close();
            resolve(made);
        };
        const connection = new JobConnection(
            engine,
            () => `job:${jobId}`,
            {
                // Only then is there an engine that has the job.
                onSnapshot: () => post(),
                onReply: (reply) => end(reply.ok ? reply.body : null),
                onLoss: () => end(null),
                onLost: () => end(null),
            },
            true,
        );
        let isAsked = false;
        const post = () => {
            if (!isAsked) connection.post(request);
            isAsked = true;
        };
    });
}
