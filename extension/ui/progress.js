/**
 * @file How far a job is, as one number and one named stage.
 */

/** @typedef {import('../messages/job_types.js').StageName} StageName */

/** Rough shares of the time of a job whose engine has to start. */
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
