/**
 * @file What the engine does for a job with the pipeline: cut its picture out, and find its
 * subject again for an edit.
 *
 * Decides: what of a run's answer goes into the job: the file, notices, times.
 */

import { beginSearch, endSearch } from './job_progress.js';
import { runPipeline } from './pipeline_run.js';

/** @typedef {import('./job.js').Job} Job */
/** @typedef {import('./workers.js').Workers} Workers */
/** @typedef {import('./models.js').Models} Models */

/**
 * Run a job whose picture is here.
 *
 * @param {Job} job
 * @param {Workers} workers
 * @param {Models} models
 * @returns {Promise<import('../messages/job_types.js').Cutout>}
 * @throws {import('../messages/failure.js').OffcutError}  Of any kind.
 */
export async function runJob(job, workers, models) {
    const { options, timings: passed, controller } = job;
    const { signal } = controller;
    const pass = { job, options, what: /** @type {const} */ ('run'), timings: passed, signal };
    const reply = /** @type {any} */ (await runPipeline(pass, workers, models));
    const { cutout, mediaType, width, height, timings } = reply;
    Object.assign(job.timings, timings);
    const notices = [...job.notices, ...reply.notices];
    return { blob: new Blob([cutout], { type: mediaType }), width, height, notices };
}

/**
 * Find the subject of a finished job again, with these options' quality and model; Python then
 * has it.
 *
 * @param {Job} job
 * @param {import('../messages/job_types.js').JobOptions} options
 * @param {AbortSignal} signal
 * @param {Workers} workers
 * @param {Models} models
 * @throws {import('../messages/failure.js').OffcutError}  Of any kind.
 */
export async function findSubject(job, options, signal, workers, models) {
    const { quality = 'fast', model = null } = options;
    beginSearch(job, workers.bootFraction);
    const what = /** @type {const} */ ('find');
    const pass = { job, options: { quality, model }, what, timings: {}, signal };
    try {
        await runPipeline(pass, workers, models);
    } finally {
        endSearch(job);
    }
}
