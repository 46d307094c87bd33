/**
 * @file What is said of a model that could not be downloaded.
 */

import assert from 'node:assert/strict';
import { test } from 'node:test';

/** @type {any} */ (globalThis).chrome = {
    runtime: { getURL: () => 'chrome-extension://x/' },
    i18n: { getMessage: (/** @type {string} */ key) => (key === 'language' ? 'en' : key) },
};
/** @type {any} */ (globalThis).document = { addEventListener: () => undefined };
const { fetchWeights } = await import('../../extension/model_store/fetch_weights.js');
const { modelFailureText } = await import('../../extension/options/model_card.js');

/** @param {boolean} isOnline */
async function failureOf(isOnline) {
    Object.defineProperty(globalThis, 'navigator', {
        value: { onLine: isOnline },
        configurable: true,
    });
    const entry = /** @type {any} */ ({ id: 'tiny', title: 'Tiny', sources: [] });
    const { signal } = new AbortController();
    try {
        await fetchWeights(entry, /** @type {any} */ ({}), signal, () => undefined);
    } catch (error) {
        return /** @type {any} */ (error).failure;
    }
    assert.fail('it cannot be fetched');
}

test('without a connection that is what is said, and nothing else is blamed', async () => {
    const failure = await failureOf(false);
    assert.equal(failure.code, 'DOWNLOAD_FAILED');
    assert.equal(modelFailureText(failure, 'Tiny'), 'models_failure_offline');
});

test('with a connection the download is what has failed', async () => {
    const failure = await failureOf(true);
    assert.notEqual(modelFailureText(failure, 'Tiny'), 'models_failure_offline');
});

test('a file that is named like a model is told to be none', () => {
    const failure = /** @type {any} */ ({ code: 'NOT_A_MODEL', detail: { kind: 'other' } });
    assert.equal(modelFailureText(failure, 'a.onnx'), 'models_failure_NOT_A_MODEL_named');
    assert.equal(modelFailureText(failure, 'a.gif'), 'models_failure_NOT_A_MODEL_other');
});
