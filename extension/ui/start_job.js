/**
 * @file Starts a job from one of our pages, for a picture that the page has.
 *
 * Decides: the address of a result page. It passes the job on to background/open_job.js.
 */

import { request } from '../messages/request.js';

/**
 * @typedef {object} JobWishes
 * @property {import('../messages/job_types.js').JobOptions} [options]  Those of the settings, if absent.
 * @property {boolean} [allowEmpty]  A person marks the subject where none is found.
 * @property {number} [behind]  Number of pictures that the page has after this one.
 * @property {boolean} [isPatient]  Its cut-out is wanted once, and may be the better one of "auto".
 * @property {'fast' | 'best'} [shown]  Of "auto": the one that the person has seen, and wants again.
 * @property {boolean} [kept]  It lives on without a page, for the popup's list.
 * @property {boolean} [passing]  It ends with its page, which alone has use for what it makes.
 */

/**
 * @param {string} name  File name of the picture without its suffix.
 * @param {import('../messages/page_types.js').ImageSource} source
 * @param {JobWishes} [wishes]
 * @returns {Promise<string>}  The job's id.
 */
export async function startJob(name, source, wishes) {
    const jobId = crypto.randomUUID(); // so that asking twice opens one job
    await request('background', 'job.start', { jobId, name, source, ...wishes });
    return jobId;
}

/**
 * Start a job for a picture that lies at an address, for the popup's list.
 *
 * @param {string} url
 */
export async function startAddress(url) {
    await request('background', 'address.start', { jobId: crypto.randomUUID(), url });
}

/**
 * The address of the page that shows a job.
 *
 * @param {string} jobId
 */
export function resultAddress(jobId) {
    return `/result/result.html?job=${encodeURIComponent(jobId)}`;
}
