/**
 * @file One picture through the pipeline in the two workers, which pipeline_boot.js starts; falls
 * back to what is left where the GPU or a helping model fails.
 *
 * Decides: the time limits (no progress, of a better result), the limit of megapixels, when the
 * browser decodes instead, what is tried again after a failed run: without the GPU, or with one model
 * only.
 */

import { OPTIONS } from '../messages/facts.js';
import { offcutError } from '../messages/failure.js';
import { awakeTimeout } from '../platform/awake_timeout.js';
import { decodeInBrowser } from './decode_in_browser.js';
import { advance } from './job_progress.js';
import { boot, loadModels, throwIfUnwanted } from './pipeline_boot.js';

/** Without any sign of progress for so long, the workers count as stuck. */
const STUCK_MS = 180_000;
export const MAX_MEGAPIXELS = OPTIONS.max_megapixels.default;

/** @typedef {import('./job.js').Job} Job */
/** @typedef {import('./workers.js').Workers} Workers */
/** @typedef {import('./models.js').Models} Models */
/** @typedef {import('../messages/model_types.js').ModelEntry} ModelEntry */

/**
 * One pass of a job's picture through the pipeline.
 *
 * @typedef {object} Pass
 * @property {Job} job
 * @property {import('../messages/job_types.js').JobOptions} options
 * @property {'run' | 'find'} what  The whole cutout, or the subject for the editor.
 * @property {Record<string, number>} timings  Filled.
 * @property {AbortSignal} signal
 * @property {AbortSignal} [pause]    Something else goes first: it ends soon, and no worker of Python's
 *     with it.
 * @property {number} [limitMs]       That it may take from the start of Python's run on.
 * @property {boolean} [isBetter]     Of "auto": by the models that are quick enough for that.
 * @property {string} [quick]         Key of the quick result's subject, from which it goes on.
 * @property {boolean} [isQuiet]      The job is over, for those who watch it.
 * @property {import('../messages/job_types.js').Choice} [choice]  Filled.
 */

/**
 * What Python keeps a job's subject under: it depends on nothing else of the options.
 *
 * @param {string} jobId
 * @param {import('../messages/job_types.js').JobOptions} options
 */
export function subjectKey(jobId, { quality, model }) {
    return `${jobId}/${quality === 'best' ? 'best' : 'fast'}/${model ?? ''}`;
}

/**
 * @param {Pass} pass
 * @param {Workers} workers
 * @param {Models} models
 * @throws {import('../messages/failure.js').OffcutError}  Of any kind.
 */
export async function runPipeline(pass, workers, models) {
    const chosen = await boot(pass, workers, models);
    const limit = pass.limitMs === undefined ? null : AbortSignal.timeout(pass.limitMs);
    if (!limit) return runChosen(pass, chosen, workers, models);
    const { signal } = pass;
    pass.signal = AbortSignal.any([signal, limit]);
    try {
        return await runChosen(pass, chosen, workers, models);
    } catch (error) {
        if (!limit.aborted || signal.aborted) throw error;
        throw offcutError('TIMED_OUT', 'inference', 'The better result takes too long.');
    }
}

/**
 * @param {Pass} pass
 * @param {ModelEntry[]} chosen
 * @param {Workers} workers
 * @param {Models} models
 */
async function runChosen(pass, chosen, workers, models) {
    let reply = await decodeAndRun(pass, workers, chosen);
    if (!reply.ok && mayBeGpu(reply.failure)) {
        throwIfUnwanted(pass);
        if (await workers.leaveGpu(reply.failure.message)) {
            await workers.load(chosen);
            reply = await decodeAndRun(pass, workers, chosen);
        }
    }
    if (!reply.ok && chosen.length > 1 && isTooMuch(reply.failure)) {
        // The helping models are too much for here: the base alone gives a cutout, too.
        for (const { id } of chosen) workers.forget(id); // and the memory that they filled
        const base = await loadModels(pass, workers, models, new Set(chosen.slice(1)));
        reply = await decodeAndRun(pass, workers, base);
    }
    if (!reply.ok) {
        const { code, stage, message, detail } = reply.failure;
        throw offcutError(code, stage, message, detail);
    }
    throwIfUnwanted(pass);
    return reply;
}

/**
 * @param {Pass} pass
 * @param {Workers} workers
 * @param {ModelEntry[]} models
 */
async function decodeAndRun(pass, workers, models) {
    if (pass.quick) {
        const reply = await run(pass, workers, models, null);
        if (!('needs' in reply)) return reply;
    }
    const picture = /** @type {Blob} */ (pass.job.picture);
    const reply = await run(pass, workers, models, await picture.arrayBuffer());
    if (reply.ok || !reply.failure.detail.browser) return reply;
    const { buffer, ...pixels } = await decodeInBrowser(picture, reply.failure, MAX_MEGAPIXELS);
    return run(pass, workers, models, buffer, pixels);
}

/** @param {import('../messages/failure.js').Failure} failure */
function isTooMuch({ code, stage }) {
    return stage === 'inference' && (code === 'OUT_OF_MEMORY' || code === 'SESSION_FAILED');
}

/** @param {import('../messages/failure.js').Failure} failure */
function mayBeGpu(failure) {
    return isTooMuch(failure) || failure.code === 'OUTPUT_MISMATCH';
}

/**
 * @param {Pass} pass
 * @param {Workers} workers
 * @param {ModelEntry[]} models
 * @param {ArrayBuffer | null} bytes  Null to go on from a quick result.
 * @param {{ width: number, height: number }} [pixels]
 */
async function run(pass, workers, models, bytes, pixels) {
    throwIfUnwanted(pass);
    const { job, signal, pause, isQuiet } = pass;
    const quick = bytes ? undefined : pass.quick;
    const options = { max_megapixels: MAX_MEGAPIXELS, ...pass.options };
    const key = subjectKey(job.id, pass.options);
    const stuck = () => workers.stop(offcutError('TIMED_OUT', 'engine', 'No progress.'));
    let endWatch = awakeTimeout(stuck, STUCK_MS);
    try {
        return await workers[pass.what](
            bytes,
            JSON.stringify({ options, models, pixels, key, quick, allowEmpty: job.allowEmpty }),
            signal,
            ({ stage, fraction, frame }) => {
                endWatch();
                job.frame = frame;
                endWatch = awakeTimeout(stuck, STUCK_MS);
                if (!isQuiet) advance(job, stage, fraction);
            },
            pause,
        );
    } finally {
        endWatch();
    }
}
