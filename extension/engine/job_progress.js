/**
 * @file The progress of a job: from the stages of the pipeline to those that a page shows.
 *
 * Decides: that a bar never goes back and is never quite full before its stage is over; progress
 * when a subject is sought again.
 */

import { PIPELINE_STAGES, pageStageOf } from './page_stages.js';

/** @typedef {import('./job.js').Job} Job */
/** @typedef {import('./page_stages.js').PipelineStage} PipelineStage */

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
    const current = pageStageOf(/** @type {PipelineStage} */ (stage), fraction);
    for (const name of PIPELINE_STAGES) {
        if (name === current.name) {
            // Never quite full: whether the stage is over, the next one's first event says.
            job.stages[name] = Math.max(job.stages[name], current.share * 0.99);
            break;
        }
        job.stages[name] = 1;
    }
    job.tellSoon();
}

/**
 * @param {Job} job  That is not over.
 * @param {number} ahead  Number of jobs that run before it, as it looks now.
 */
export function place(job, ahead) {
    job.ahead = ahead;
    job.state = ahead > 0 ? 'queued' : 'running';
    job.tellSoon();
}
