/**
 * @file One job through the two workers: boot, pipeline, the browser's decoder where Python
 * asks for it, and the progress that its page shows.
 */

import { offcutError } from '../messages/failure.js';
import { decodeInBrowser } from './decode_in_browser.js';

/** Without any sign of progress for so long, the workers count as stuck. */
const STUCK_MS = 180_000;
/** Starting both workers takes seconds, on a slow machine some more. */
const BOOT_MS = 90_000;
const MAX_MEGAPIXELS = 100;

/** Which stage of the page each stage of the pipeline belongs to. */
const STAGE_OF = Object.freeze({
    decode: 'find_subject',
    preprocess: 'find_subject',
    inference: 'find_subject',
    postprocess: 'refine',
    refine: 'refine',
    foreground: 'refine',
    encode: 'save',
});
/** Where each stage of the page begins and ends, as shares of the pipeline (stages.py). */
const SPANS = Object.freeze({ find_subject: [0, 0.57], refine: [0.57, 0.75], save: [0.75, 1] });
const PIPELINE_STAGES = /** @type {const} */ (['find_subject', 'refine', 'save']);

/** @typedef {import('./job.js').Job} Job */
/** @typedef {import('./workers.js').Workers} Workers */

/**
 * Run a job whose picture is here; its cutout is put into the job.
 *
 * @param {Job} job
 * @param {Workers} workers
 * @throws {import('../messages/failure.js').OffcutError}  Of any kind.
 */
export async function runJob(job, workers) {
    await boot(job, workers);
    const picture = /** @type {Blob} */ (job.picture);
    let reply = await run(job, workers, await picture.arrayBuffer());
    if (!reply.ok && reply.failure.detail.browser) {
        const { buffer, ...pixels } = await decodeInBrowser(picture, reply.failure, MAX_MEGAPIXELS);
        reply = await run(job, workers, buffer, pixels);
    }
    if (!reply.ok) {
        const { code, stage, message, detail } = reply.failure;
        throw offcutError(code, stage, message, detail);
    }
    job.controller.signal.throwIfAborted();
    const { cutout, mediaType, width, height, timings } = reply;
    const notices = [...job.notices, ...reply.notices];
    Object.assign(job.timings, timings);
    job.cutout = { blob: new Blob([cutout], { type: mediaType }), width, height, notices };
}

/**
 * @param {Job} job
 * @param {Workers} workers
 */
async function boot(job, workers) {
    const waited = performance.now();
    const { python, model } = workers.start();
    const since = () => performance.now() - waited;
    const late = offcutError('TIMED_OUT', 'start_python', 'The engine did not start.');
    const timer = setTimeout(() => workers.stop(late), BOOT_MS);
    try {
        await Promise.all([
            python.then(() => (job.timings.start_python = since())),
            model.then(() => (job.timings.load_model = since())),
        ]);
    } finally {
        clearTimeout(timer);
    }
}

/**
 * @param {Job} job
 * @param {Workers} workers
 * @param {ArrayBuffer} bytes
 * @param {{ width: number, height: number }} [pixels]
 */
async function run(job, workers, bytes, pixels) {
    job.controller.signal.throwIfAborted();
    const options = { max_megapixels: MAX_MEGAPIXELS, ...job.options };
    const stuck = () => workers.stop(offcutError('TIMED_OUT', 'engine', 'No progress.'));
    let watchdog = setTimeout(stuck, STUCK_MS);
    try {
        return await workers.run(
            bytes,
            JSON.stringify({ options, pixels }),
            job.controller.signal,
            ({ stage, fraction }) => {
                clearTimeout(watchdog);
                watchdog = setTimeout(stuck, STUCK_MS);
                advance(job, stage, fraction);
            },
        );
    } finally {
        clearTimeout(watchdog);
    }
}

/**
 * @param {Job} job
 * @param {string} stage     Of the pipeline.
 * @param {number} fraction  Of the whole pipeline.
 */
function advance(job, stage, fraction) {
    const current = STAGE_OF[/** @type {keyof typeof STAGE_OF} */ (stage)];
    for (const name of PIPELINE_STAGES) {
        if (name === current) {
            const [start = 0, end = 1] = SPANS[name];
            const own = Math.min(1, (fraction - start) / (end - start));
            // Never quite full: whether the stage is over, the next one's first event says.
            job.stages[name] = Math.max(job.stages[name], own * 0.99);
            break;
        }
        job.stages[name] = 1;
    }
    job.changed();
}
