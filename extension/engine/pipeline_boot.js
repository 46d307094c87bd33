/**
 * @file What a pass through the pipeline needs before it can run: both workers, and its models.
 *
 * Decides: how long the workers may take to start, and that a model which cannot be loaded is done
 * without where the choice is ours.
 */

import { offcutError } from '../messages/failure.js';
import { awakeTimeout } from '../platform/awake_timeout.js';

/** Starting both workers takes seconds, on a slow machine some more. */
const BOOT_MS = 90_000;

/** @typedef {import('./pipeline_run.js').Pass} Pass */
/** @typedef {import('./workers.js').Workers} Workers */
/** @typedef {import('./models.js').Models} Models */
/** @typedef {import('../messages/model_types.js').ModelEntry} ModelEntry */

/**
 * Start what is not running, and load the models that this job asks.
 *
 * @param {Pass} pass
 * @param {Workers} workers
 * @param {Models} models
 */
export async function boot(pass, workers, models) {
    const waited = performance.now();
    const { python } = workers.start();
    const since = () => performance.now() - waited;
    const late = offcutError('TIMED_OUT', 'start_python', 'The engine did not start.');
    const inTime = awakeTimeout(() => workers.stop(late), BOOT_MS);
    try {
        const [chosen] = await Promise.all([
            loadModels(pass, workers, models).finally(() => {
                pass.timings.load_model = since();
            }),
            python.then(() => {
                pass.timings.start_python = since();
                pass.job.stages.start_python = 1;
            }),
        ]);
        return chosen;
    } finally {
        inTime();
    }
}

/**
 * Choose and load; where the choice is ours, what cannot be loaded is done without.
 *
 * @param {Pass} pass
 * @param {Workers} workers
 * @param {Models} models
 * @param {ReadonlySet<ModelEntry>} [without]  Models that have failed.
 * @returns {Promise<ModelEntry[]>}
 */
export async function loadModels(pass, workers, models, without = new Set()) {
    const better = pass.isBetter ? await models.chooseBetter(pass.options, without) : null;
    const { models: chosen, choice } = better ?? (await models.choose(pass.options, without));
    const leave = () => workers.restartModel();
    try {
        pass.pause?.throwIfAborted();
        pass.pause?.addEventListener('abort', leave, { once: true });
        await workers.load(chosen);
    } catch (error) {
        throwIfUnwanted(pass);
        if (chosen.length === 1) throw error;
        console.warn('doing without a model:', error);
        return loadModels(pass, workers, models, new Set(chosen.slice(1)));
    } finally {
        pass.pause?.removeEventListener('abort', leave);
    }
    pass.choice = choice;
    if (pass.isQuiet) return chosen;
    const { job } = pass;
    job.choice = choice;
    job.stages.load_model = 1;
    job.tellSoon();
    return chosen;
}

/**
 * @param {Pass} pass
 * @throws {unknown}  If it is cancelled, or makes way.
 */
export function throwIfUnwanted({ signal, pause }) {
    signal.throwIfAborted();
    pause?.throwIfAborted();
}
