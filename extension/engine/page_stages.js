/**
 * @file How the stages of the pipeline become the stages that a job's page shows.
 *
 * Decides: which stage of the pipeline belongs to which step on the page, and how much of that step
 * it is.
 */

import { STAGE_WEIGHTS } from '../messages/facts.js';

/** @typedef {keyof typeof STAGE_WEIGHTS} PipelineStage */
/** @typedef {typeof PIPELINE_STAGES[number]} PageStage */

/** The page's stages that the pipeline goes through, in their order. */
export const PIPELINE_STAGES = /** @type {const} */ (['find_subject', 'refine', 'save']);

/** @type {Readonly<Record<PipelineStage, PageStage>>} */
const STAGE_OF = Object.freeze({
    decode: 'find_subject',
    preprocess: 'find_subject',
    inference: 'find_subject',
    postprocess: 'refine',
    refine: 'refine',
    foreground: 'refine',
    encode: 'save',
});

/**
 * Say how far the page's stage is that a stage of the pipeline belongs to.
 *
 * @param {PipelineStage} stage
 * @param {number} fraction  Of the whole pipeline, from 0 to 1.
 * @returns {{ name: PageStage, share: number }}  Its share that is done, at most 1.
 */
export function pageStageOf(stage, fraction) {
    const name = STAGE_OF[stage];
    let start = 0;
    let length = 0;
    for (const [other, weight] of Object.entries(STAGE_WEIGHTS)) {
        const its = STAGE_OF[/** @type {PipelineStage} */ (other)];
        if (its === name) length += weight;
        else if (length === 0) start += weight;
    }
    return { name, share: Math.min(1, (fraction - start) / length) };
}
