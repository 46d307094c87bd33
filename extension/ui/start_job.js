/**
 * @file Starting a job from one of our pages, for a picture that is already here.
 */

import { request } from '../messages/request.js';

/**
 * @typedef {object} Wishes
 * @property {import('../messages/job_types.js').JobOptions} [options]  As in the settings, if absent.
 * @property {number} [behind]  Pictures that the page will bring after this one.
 */

/**
 * @param {string} name  File name of the picture without its suffix.
 * @param {import('../messages/page_types.js').ImageSource} source
 * @param {Wishes} [wishes]
 * @returns {Promise<string>}  The job's id.
 */
export async function startJob(name, source, wishes) {
    const { jobId } = await request('background', 'job.start', { name, source, ...wishes });
    return jobId;
}

/**
 * The page that shows a job.
 *
 * @param {string} jobId
 */
export function resultAddress(jobId) {
    return `/result/result.html?job=${encodeURIComponent(jobId)}`;
}
