/**
 * @file The progress of a job as one number, and the name of its current stage.
 *
 * Decides: how much of the bar each stage is.
 */

/** @typedef {import('../messages/job_types.js').StageName} StageName */

/** Rough share of each stage in the time of a job, if the engine has to start for it. */
const SHARES = /** @type {const} */ ([
    ['fetch', 0.05],
    ['start_python', 0.2],
    ['load_model', 0.05],
    ['find_subject', 0.4],
    ['refine', 0.2],
    ['save', 0.1],
]);

/**
 * @param {import('../messages/job_types.js').StageFractions} stages
 * @returns {number}  0 to 1.
 */
export function overallProgress(stages) {
    return SHARES.reduce((sum, [name, share]) => sum + share * (stages[name] ?? 0), 0);
}

/**
 * The first stage that is not over.
 *
 * @param {import('../messages/job_types.js').StageFractions} stages
 * @returns {StageName}
 */
export function currentStage(stages) {
    return SHARES.find(([name]) => (stages[name] ?? 0) < 1)?.[0] ?? 'save';
}
