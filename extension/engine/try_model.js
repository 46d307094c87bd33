/**
 * @file One run of a model on the test picture: whether it sees what is there, and how long it
 * takes.
 *
 * Decides: what the test button measures, and when a model is unfit.
 */

import { offcutError, toFailure } from '../messages/failure.js';
import { buffersOf, judge, testRun } from './test_picture.js';

/** @typedef {import('../messages/model_types.js').ModelEntry} ModelEntry */
/** @typedef {import('../messages/worker_types.js').ModelOutput} ModelOutput */

/**
 * @param {import('./model_worker.js').ModelWorker} worker
 * @param {ModelEntry} entry
 * @param {ArrayBuffer} [weights]  Of a model that is not kept yet; moved.
 * @returns {Promise<{ answer: ModelOutput, overlap: number, milliseconds: number }>}
 * @throws {import('../messages/failure.js').OffcutError}  MODEL_UNFIT, and what loading throws.
 */
export function tryModel(worker, entry, weights) {
    return worker.use(entry, weights, async (link) => {
        const run = testRun(entry);
        const started = performance.now();
        try {
            const answer = await link.request('model.run', run, buffersOf(run));
            const milliseconds = performance.now() - started;
            return { answer, overlap: judge(entry, answer), milliseconds };
        } catch (error) {
            throw asUnfit(error, entry);
        }
    });
}

/**
 * A network that cannot be run as its description says is not the one described.
 *
 * @param {unknown} error
 * @param {ModelEntry} entry
 */
function asUnfit(error, { title }) {
    const failure = toFailure(error, 'load_model');
    if (failure.code !== 'SESSION_FAILED') return error;
    const reason = failure.message;
    return offcutError('MODEL_UNFIT', 'load_model', reason, { title, reason });
}
