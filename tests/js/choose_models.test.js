import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

// Of the modules that it imports only findModel is used, which needs no browser.
globalThis.chrome = { runtime: { getURL: (path) => path } };
const { chooseModels } = await import('../../extension/engine/choose_models.js');

const registry = JSON.parse(readFileSync(new URL('../../models/registry.json', import.meta.url)));
const { models, recipes } = registry;
const bundled = models.filter((model) => model.bundled);
const exercised = models.filter((model) => model.exercised);
const none = new Map();
const ids = (chosen) => chosen.models.map((model) => model.id);

test('what is in the package serves both qualities', () => {
    for (const quality of ['fast', 'best']) {
        const chosen = chooseModels({ quality }, bundled, recipes, none);
        assert.deepEqual(ids(chosen), ['u2netp']);
        assert.equal(chosen.choice.why, 'best_here');
    }
});

test('the best quality asks the models that were measured to be best together', () => {
    const chosen = chooseModels({ quality: 'best' }, exercised, recipes, none);
    const [best] = recipes
        .filter((recipe) => recipe.quality === 'best')
        .sort((one, other) => one.error - other.error);
    assert.deepEqual(ids(chosen), best.models);
    assert.ok(ids(chosen).length > 1);
});

test('a slow machine gets the best of what it can bear, and is told so', () => {
    const slow = new Map([
        ['isnet-uint8', 60_000],
        ['isnet-fp16', 90_000],
    ]);
    const chosen = chooseModels({ quality: 'best' }, exercised, recipes, slow);
    assert.deepEqual(ids(chosen), ['u2netp']);
    assert.equal(chosen.choice.why, 'faster');
});

test('a machine that is too slow for everything takes the quickest', () => {
    const slow = new Map(models.map((model) => [model.id, 100_000]));
    const chosen = chooseModels({ quality: 'best' }, exercised, recipes, slow);
    assert.equal(chosen.models.length, 2, 'two runs of two models are less than three of one');
});

test('a model that was asked for is taken alone, however slow', () => {
    const slow = new Map([['isnet-uint8', 60_000]]);
    const options = { quality: 'best', model: 'isnet-uint8' };
    const chosen = chooseModels(options, exercised, recipes, slow);
    assert.deepEqual(ids(chosen), ['isnet-uint8']);
    assert.equal(chosen.choice.why, 'asked');
});

test('a model that is not here is named', () => {
    assert.throws(
        () => chooseModels({ model: 'isnet-uint8' }, bundled, recipes, none),
        (error) =>
            error.failure.code === 'UNKNOWN_MODEL' && error.failure.detail.model === 'isnet-uint8',
    );
});
