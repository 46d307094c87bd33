/**
 * @file What the engine does for a job with the pipeline: cut its picture out, make a better cut-out
 * of it, and find its subject again for an edit.
 *
 * Decides: what of a run's answer goes into the job (the file, notices, times); how "auto" becomes
 * "fast" or "best", what a patient job does until it gets the better result, and for how long.
 */

import { OPTIONS } from '../messages/facts.js';
import { toFailure } from '../messages/failure.js';
import { beginSearch, endSearch } from './job_progress.js';
import { BREAKING_CODES } from './job_queue.js';
import { mayMove } from './moving_file.js';
import { runPipeline, subjectKey } from './pipeline_run.js';

/** The better result may take so many times what is expected of it, before a quick one is made. */
const GRACE = 2;

/** @typedef {import('./job.js').Job} Job */
/** @typedef {import('./workers.js').Workers} Workers */
/** @typedef {import('./models.js').Models} Models */
/** @typedef {import('./pipeline_run.js').Pass} Pass */
/** @typedef {import('../messages/job_types.js').Cutout} Cutout */

/**
 * Run a job whose picture is here.
 *
 * @param {Job} job
 * @param {Workers} workers
 * @param {Models} models
 * @returns {Promise<Cutout>}
 * @throws {import('../messages/failure.js').OffcutError}  Of any kind.
 */
export async function runJob(job, workers, models) {
    const { options, isPatient, shown } = job;
    const { quality = OPTIONS.quality.default } = options;
    if (quality !== 'auto') return runOnce(job, {}, workers, models);
    const better = () => models.chooseBetter(options);
    // However long it takes: another one is not the one that was chosen.
    if (shown) return runOnce(job, againAs(shown), workers, models);
    const moves = await mayMove(/** @type {Blob} */ (job.picture), options);
    if (moves) return runOnce(job, { quality: 'fast' }, workers, models);
    const known = isPatient ? await better() : null;
    if (known) {
        const made = await runInTime(job, known.patienceMs, workers, models);
        if (made) return made;
    }
    try {
        const quick = await runOnce(job, { quality: 'fast' }, workers, models);
        if (!isPatient || known || job.quality === 'best') return quick;
        // The time of one run is known now, even if it was the first one here.
        const found = await better();
        if (!found) return quick;
        return (await runInTime(job, found.patienceMs, workers, models, true)) ?? quick;
    } catch (error) {
        const isEmpty = toFailure(error, 'engine').code === 'NO_SUBJECT';
        if (!isEmpty || known || !(await better())) throw error;
    }
    return runOnce(job, { quality: 'best', isBetter: true }, workers, models);
}

/**
 * @param {'fast' | 'best'} quality
 * @returns {Parameters<typeof runOnce>[1]}
 */
function againAs(quality) {
    return { quality, isBetter: quality === 'best' };
}

/**
 * Make a better result of a finished job. It becomes the job's own.
 *
 * @param {Job} job
 * @param {AbortSignal} pause  It is not wanted any more, or something else goes first.
 * @param {Workers} workers
 * @param {Models} models
 * @returns {Promise<Cutout | null>}  Null where that would take too long.
 * @throws {import('../messages/failure.js').OffcutError}  Of any kind.
 */
export async function improveJob(job, pause, workers, models) {
    if (!(await models.chooseBetter(job.options))) return null;
    const how = { quality: /** @type {const} */ ('best'), isBetter: true, isQuiet: true, pause };
    const quick = subjectKey(job.id, job.options);
    const cutout = await runOnce(job, { ...how, quick }, workers, models);
    job.cutout = cutout;
    job.tellSoon();
    return cutout;
}

/**
 * The better result, unless it fails where a quick one may not.
 *
 * @param {Job} job
 * @param {number} patienceMs  That its networks may take.
 * @param {Workers} workers
 * @param {Models} models
 * @param {boolean} [hasQuick]  Python has the subject of the quick one.
 * @returns {Promise<Cutout | null>}
 */
async function runInTime(job, patienceMs, workers, models, hasQuick = false) {
    const limitMs = GRACE * patienceMs;
    const how = {
        quality: /** @type {const} */ ('best'),
        isBetter: true,
        isQuiet: hasQuick,
        limitMs,
    };
    const quick = hasQuick ? { quick: subjectKey(job.id, job.options) } : {};
    try {
        return await runOnce(job, { ...how, ...quick }, workers, models);
    } catch (error) {
        if (job.controller.signal.aborted) throw error;
        const { code } = toFailure(error, 'engine');
        const isBroken = BREAKING_CODES.has(code);
        if (isBroken) workers.stop();
        // What is wrong with the picture itself is so for both.
        if (!hasQuick && !isBroken && code !== 'TIMED_OUT') throw error;
        console.warn('the quick result has to do:', error);
        return null;
    }
}

/**
 * @param {Job} job
 * @param {Partial<Pass> & { quality?: 'fast' | 'best' }} how
 * @param {Workers} workers
 * @param {Models} models
 * @returns {Promise<Cutout>}
 */
async function runOnce(job, { quality, ...how }, workers, models) {
    const options = quality ? { ...job.options, quality } : job.options;
    const timings = how.isQuiet ? {} : job.timings;
    // Also of one that fails: what was tried is not offered again.
    if (!how.isQuiet) job.quality = options.quality === 'best' ? 'best' : 'fast';
    /** @type {Pass} */
    const pass = { job, options, what: 'run', timings, signal: job.controller.signal, ...how };
    const reply = /** @type {any} */ (await runPipeline(pass, workers, models));
    const { cutout, mediaType, width, height } = reply;
    Object.assign(job.timings, reply.timings);
    job.quality = reply.isBest || options.quality === 'best' ? 'best' : 'fast';
    job.choice = pass.choice ?? job.choice;
    const notices = [...job.notices, ...reply.notices];
    const blob = new Blob([cutout], { type: mediaType });
    return { blob, width, height, notices, checks: reply.checks, frames: reply.frames };
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
    const quality = options.quality === 'best' ? 'best' : 'fast';
    const { model = null } = options;
    beginSearch(job, workers.bootFraction);
    // What a person sees of "auto" is found again as it was.
    const isBetter = job.options.quality === 'auto' && job.quality === 'best' && quality === 'best';
    const what = /** @type {const} */ ('find');
    const pass = { job, options: { quality, model }, what, timings: {}, signal, isBetter };
    try {
        await runPipeline(pass, workers, models);
    } finally {
        endSearch(job);
    }
}
