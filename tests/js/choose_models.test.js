/**
 * @file Which models a job asks: the table of cases that the Python package's test runs, too.
 */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

// Of the modules that it imports only findModel is used, which needs no browser.
globalThis.chrome = { runtime: { getURL: (path) => path } };
const { chooseModels } = await import('../../extension/engine/choose_models.js');

const table = JSON.parse(
    readFileSync(new URL('../cases/model_choice.json', import.meta.url), 'utf8'),
);

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
        assert.deepEqual(choice, { titles, quality, why: expected.why });
    });
}

test('a model that is not here is named', () => {
    assert.throws(
        () => chooseModels({ model: 'large' }, [], table, new Map()),
        ({ failure }) => failure.code === 'UNKNOWN_MODEL' && failure.detail.model === 'large',
    );
});
