/**
 * @file The progress of a job: from the stages of the pipeline to those that a page shows.
 */

/** @typedef {import('./job.js').Job} Job */

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

/**
 * The subject of a job is sought again: its stages before the saving begin anew.
 *
 * @param {Job} job
 * @param {number} bootFraction  Share of Python's start that is done.
 */
export function beginSearch(job, bootFraction) {
    for (const stage of PIPELINE_STAGES) if (stage !== 'save') job.stages[stage] = 0;
    job.stages.start_python = bootFraction;
}

/** @param {Job} job */
export function endSearch(job) {
    for (const stage of PIPELINE_STAGES) job.stages[stage] = 1;
    job.stages.start_python = 1;
    job.tellSoon();
}

/**
 * @param {Job} job
 * @param {string} stage     Of the pipeline.
 * @param {number} fraction  Of the whole pipeline.
 */
export function advance(job, stage, fraction) {
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
    job.tellSoon();
}
