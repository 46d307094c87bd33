/** @file Settings that another version has left: what is not understood here is the default. */

import assert from 'node:assert/strict';
import { test } from 'node:test';

/** @type {Record<string, any>} */
let kept = {};
/** @type {any} */ (globalThis).chrome = {
    runtime: { getURL: () => 'chrome-extension://x/' },
    storage: {
        local: {
            get: async (/** @type {object} */ defaults) => ({
                ...defaults,
                ...structuredClone(kept),
            }),
            set: async (/** @type {object} */ changes) => void Object.assign(kept, changes),
        },
    },
};
const { DEFAULTS, readSettings, writeSettings } = await import(
    '../../extension/settings/settings.js'
);

/** What the first version wrote, before there were models, "auto" and clicks without a page. */
const OF_THE_FIRST_VERSION = {
    quality: 'best',
    format: 'webp',
    fileQuality: 80,
    background: '#336699',
    crop: true,
    margin: 10,
    keepWarmMinutes: 0,
    theme: 'dark',
    fileNamePattern: '{name}',
};

test('what an older version wrote is all still so after an update', async () => {
    kept = { ...OF_THE_FIRST_VERSION };
    assert.deepEqual(await readSettings(), { ...DEFAULTS, ...OF_THE_FIRST_VERSION });
});

/** @type {[string, unknown][]} */
const OF_A_NEWER_VERSION = [
    ['quality', 'studio'],
    ['format', 'jxl'],
    ['format', 'psd'],
    ['clickAction', 'share'],
    ['theme', 'sepia'],
    ['background', 'scene:beach'],
    ['background', { kind: 'gradient' }],
    ['fileQuality', '90%'],
    ['fileQuality', 1000],
    ['margin', -1],
    ['keepWarmMinutes', null],
    ['submenu', 'some'],
    ['model', 7],
    ['fileNamePattern', ['{name}']],
];

for (const [name, value] of OF_A_NEWER_VERSION) {
    test(`${name} of ${JSON.stringify(value)} is the default here, and kept for who wrote it`, async () => {
        kept = { ...OF_THE_FIRST_VERSION, [name]: value };
        const settings = /** @type {Record<string, unknown>} */ (await readSettings());
        assert.deepEqual(settings[name], /** @type {any} */ (DEFAULTS)[name]);
        assert.equal(settings.crop, true);
        await writeSettings({ crop: false });
        assert.deepEqual(kept[name], value);
    });
}

test('a setting that only a newer version has is not handed to anybody', async () => {
    kept = { sparkle: 3 };
    assert.deepEqual(await readSettings(), { ...DEFAULTS });
});

test('every value that a person can choose is understood', async () => {
    const chosen = {
        quality: 'fast',
        format: 'jpeg',
        clickAction: 'replace',
        theme: 'light',
        background: 'blur',
        model: 'isnet-uint8',
        margin: 0,
        keepWarmMinutes: 120,
        notify: true,
    };
    kept = { ...chosen };
    assert.deepEqual(await readSettings(), { ...DEFAULTS, ...chosen });
});
