/**
 * @file Starts a job from one of our pages, for a picture that the page has.
 */

import { request } from '../messages/request.js';

/**
 * @typedef {object} JobWishes
 * @property {import('../messages/job_types.js').JobOptions} [options]  Those of the settings, if absent.
 * @property {boolean} [allowEmpty]  A person marks the subject where none is found.
 * @property {number} [behind]  Number of pictures that the page has after this one.
 */

/**
 * @param {string} name  File name of the picture without its suffix.
 * @param {import('../messages/page_types.js').ImageSource} source
 * @param {JobWishes} [wishes]
 * @returns {Promise<string>}  The job's id.
 */
export async function startJob(name, source, wishes) {
    const { jobId } = await request('background', 'job.start', { name, source, ...wishes });
    return jobId;
}

/**
 * The address of the page that shows a job.
 *
 * @param {string} jobId
 */
export function resultAddress(jobId) {
    return `/result/result.html?job=${encodeURIComponent(jobId)}`;
}
