/**
 * @file Which models a job asks. "fast" and "best" name results, not models: what gives them
 * is read from the registry's recipes, which were measured, and from what this machine has
 * and how long it took before. py/offcut/network/choice.py follows the same rule, and
 * tests/cases/model_choice.json holds both to it.
 *
 * Decides: which model is used where none is named: the best of those here that is quick enough,
 * else the quickest; what the page says of the choice (UNKNOWN_MODEL in registry.js).
 */

import { DEFAULT_MODEL } from '../messages/facts.js';
import { findModel } from './registry.js';

/** @typedef {import('../messages/model_types.js').ModelEntry} ModelEntry */
/** @typedef {import('../messages/model_types.js').Recipe} Recipe */
/** @typedef {import('../messages/model_types.js').Registry} Registry */
/** @typedef {import('../messages/job_types.js').Choice} Choice */

/**
 * Choose the models of one job.
 *
 * @param {import('../messages/job_types.js').JobOptions} options  Its `model` and `quality` count.
 * @param {readonly ModelEntry[]} installed  Models whose weights are here.
 * @param {Pick<Registry, 'recipes' | 'patience_ms'>} registry
 * @param {ReadonlyMap<string, number>} times  Milliseconds of one run here, by model.
 * @returns {{ models: ModelEntry[], choice: Choice }}  The base model first.
 * @throws {import('../messages/failure.js').OffcutError}  UNKNOWN_MODEL, if the one asked for,
 *     or the default one where no recipe will do, is not here.
 */
export function chooseModels(options, installed, { recipes, patience_ms }, times) {
    const quality = options.quality === 'best' ? 'best' : 'fast';
    if (typeof options.model === 'string') {
        const asked = findModel(installed, options.model);
        return { models: [asked], choice: { titles: [asked.title], quality, why: 'asked' } };
    }
    const here = new Set(installed.map((model) => model.id));
    const possible = recipes
        .filter((recipe) => recipe.quality === quality)
        .filter((recipe) => recipe.models.every((id) => here.has(id)))
        .sort((one, other) => one.error - other.error);
    const bearable = possible.filter((recipe) => expected(recipe, times) <= patience_ms[quality]);
    const best = possible[0];
    // A machine that is too slow for all of them still shall have its cutout.
    const chosen = bearable[0] ?? possible.toSorted(byTime(times))[0];
    const ids = chosen?.models ?? [DEFAULT_MODEL];
    const models = ids.map((id) => findModel(installed, id));
    const why = chosen === best ? 'best_here' : 'faster';
    return { models, choice: { titles: models.map((model) => model.title), quality, why } };
}

/**
 * @param {Recipe} recipe
 * @param {ReadonlyMap<string, number>} times
 */
function expected({ models, runs }, times) {
    // One model alone is run `runs` times, several are run once each.
    const repeats = models.length === 1 ? runs : 1;
    return models.reduce((total, id) => total + repeats * (times.get(id) ?? 0), 0);
}

/** @param {ReadonlyMap<string, number>} times */
function byTime(times) {
    return (/** @type {Recipe} */ one, /** @type {Recipe} */ other) =>
        expected(one, times) - expected(other, times);
}
