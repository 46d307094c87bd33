/**
 * @file Which models a job asks. "fast" and "best" name results, not models: what gives them
 * is read from the registry's recipes, which were measured, and from what this machine has
 * and how long it took before. "auto" is "fast", and then "best" where that takes no longer than
 * the registry's patience for it. py/offcut/network/choice.py follows the same rules, and
 * tests/cases/model_choice.json and tests/cases/better_choice.json hold both to them.
 *
 * Decides: which model is used where none is named: the best of those here that is quick enough,
 * else the quickest; whether a better result follows the quick one by itself; what the page says of
 * the choice (UNKNOWN_MODEL in registry.js).
 */

import { DEFAULT_MODEL } from '../messages/facts.js';
import { findModel } from './registry.js';

/** @typedef {import('../messages/model_types.js').ModelEntry} ModelEntry */
/** @typedef {import('../messages/model_types.js').Recipe} Recipe */
/** @typedef {import('../messages/model_types.js').Registry} Registry */
/** @typedef {import('../messages/job_types.js').Choice} Choice */

/**
 * Choose the models of one job; "auto" begins with what "fast" asks.
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
 * Choose the models by which "auto" goes on from the quick result to a better one: those of "best"
 * with the least error that take no longer than the patience for "auto". A model that was never run
 * counts as much as the base model of its recipe: so it is tried once.
 *
 * @param {import('../messages/job_types.js').JobOptions} options  Its `model` counts.
 * @param {readonly ModelEntry[]} installed  Models whose weights are here.
 * @param {Pick<Registry, 'recipes' | 'patience_ms'>} registry
 * @param {ReadonlyMap<string, number>} times  As measured by the quick result and before.
 * @returns {{ models: ModelEntry[], choice: Choice, patienceMs: number } | null}  The base model
 *     first; null where it takes too long, or no time is known.
 */
export function chooseBetter(options, installed, { recipes, patience_ms }, times) {
    const here = new Map(installed.map((model) => [model.id, model]));
    const possible = recipesOf(options, recipes)
        .filter(({ models }) => models.every((id) => here.has(id)))
        .sort((one, other) => one.error - other.error);
    const chosen = possible.find((recipe) => {
        const base = times.get(recipe.models[0] ?? '');
        if (base === undefined) return false;
        const known = new Map(recipe.models.map((id) => [id, times.get(id) ?? base]));
        return expected(recipe, known) <= patience_ms.auto;
    });
    if (!chosen) return null;
    const models = chosen.models.map((id) => findModel(installed, id));
    const reason = chosen === possible[0] ? 'best_here' : 'faster';
    const why = typeof options.model === 'string' ? 'asked' : reason;
    const titles = models.map((model) => model.title);
    return { models, choice: { titles, quality: 'best', why }, patienceMs: patience_ms.auto };
}

/**
 * The recipes of "best"; the one model that is asked for is run as often as "best" runs one.
 *
 * @param {import('../messages/job_types.js').JobOptions} options
 * @param {readonly Recipe[]} recipes
 * @returns {Recipe[]}
 */
function recipesOf({ model }, recipes) {
    const best = recipes.filter(({ quality }) => quality === 'best');
    if (typeof model !== 'string') return best;
    const runs = Math.max(
        0,
        ...best.filter(({ models }) => models.length === 1).map((r) => r.runs),
    );
    return runs > 1 ? [{ quality: 'best', models: [model], runs, error: 0 }] : [];
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
