/**
 * @file Which models a job asks, and whether a better result follows: the tables of cases that the
 * Python package's test runs, too.
 */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

// Of the modules that it imports only findModel is used, which needs no browser.
globalThis.chrome = { runtime: { getURL: (path) => path } };
const { chooseBetter, chooseModels } = await import('../../extension/engine/choose_models.js');

const read = (name) =>
    JSON.parse(readFileSync(new URL(`../cases/${name}.json`, import.meta.url), 'utf8'));
const table = read('model_choice');
const betterTable = read('better_choice');

for (const { name, quality, model, here, times_ms, without_recipes, ...expected } of table.cases) {
    const choose = () =>
        chooseModels(
            { quality, model },
            here.map((id) => ({ id, title: id.toUpperCase() })),
            { ...table, recipes: without_recipes ? [] : table.recipes },
            new Map(Object.entries(times_ms)),
        );

    test(name, () => {
        if (expected.error) {
            assert.throws(choose, ({ failure }) => failure.code === expected.error);
            return;
        }
        const { models, choice } = choose();
        assert.deepEqual(
            models.map(({ id }) => id),
            expected.models,
        );
        const titles = expected.models.map((id) => id.toUpperCase());
        const { came_to = quality, why } = expected;
        assert.deepEqual(choice, { titles, quality: came_to, why });
    });
}

test('a model that is not here is named', () => {
    assert.throws(
        () => chooseModels({ model: 'large' }, [], table, new Map()),
        ({ failure }) => failure.code === 'UNKNOWN_MODEL' && failure.detail.model === 'large',
    );
});

for (const { name, model, here, times_ms, without_recipes, models, why } of betterTable.cases) {
    test(`better: ${name}`, () => {
        const better = chooseBetter(
            { quality: 'auto', model },
            here.map((id) => ({ id, title: id.toUpperCase() })),
            { ...betterTable, recipes: without_recipes ? [] : betterTable.recipes },
            new Map(Object.entries(times_ms)),
        );
        if (models === null) {
            assert.equal(better, null);
            return;
        }
        assert.deepEqual(
            better.models.map(({ id }) => id),
            models,
        );
        const titles = models.map((id) => id.toUpperCase());
        assert.deepEqual(better.choice, { titles, quality: 'best', why });
    });
}
