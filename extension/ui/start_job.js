/**
 * @file Starting a job from one of our pages, for a picture that is already here.
 */

import { request } from '../messages/request.js';
import { jobOptions } from '../settings/output_settings.js';
import { readSettings } from '../settings/settings.js';

/**
 * @typedef {object} Wishes
 * @property {import('../messages/types.js').JobOptions} [options]  As in the settings, if absent.
 * @property {number} [behind]  Pictures that the page will bring after this one.
 */

/**
 * @param {string} name  File name of the picture without its suffix.
 * @param {import('../messages/types.js').ImageSource} source
 * @param {Wishes} [wishes]
 * @returns {Promise<string>}  The job's id.
 */
export async function startJob(name, source, { options, behind } = {}) {
    const jobId = crypto.randomUUID();
    const [settings] = await Promise.all([readSettings(), request('background', 'engine.ensure')]);
    await request('engine', 'job.open', {
        jobId,
        name,
        settings,
        options: options ?? jobOptions(settings),
        source,
        behind,
    });
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
