/**
 * @file What the extension makes of the package's facts: a text for each code and stage in every
 * language, the page's stages, and controls that offer nothing that is refused.
 */

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { pageStageOf } from '../../extension/engine/page_stages.js';
import { CODES, OPTIONS, STAGE_WEIGHTS } from '../../extension/messages/facts.js';
import { EXTENSION_CODES } from '../../extension/messages/failure.js';
import { controlRange } from '../../extension/ui/control_range.js';

const LOCALES = new URL('../../extension/_locales/', import.meta.url);
const LANGUAGES = readdirSync(LOCALES);
const allCodes = [...Object.values(CODES).flat(), ...EXTENSION_CODES];

test('no code stands for two failures', () => {
    assert.equal(new Set(allCodes).size, allCodes.length);
});

test('there are languages to look at', () => {
    assert.ok(LANGUAGES.includes('en') && LANGUAGES.length > 1);
});

for (const language of LANGUAGES) {
    const file = new URL(`${language}/messages.json`, LOCALES);
    const texts = JSON.parse(readFileSync(file, 'utf8'));

    test(`every failure has a text in ${language}`, () => {
        for (const code of allCodes) assert.ok(`failure_${code}` in texts, code);
    });

    test(`every stage has a name in ${language}`, () => {
        for (const stage of Object.keys(STAGE_WEIGHTS)) {
            assert.ok(`timing_${stage}` in texts, stage);
        }
    });
}

test("the page's stages begin and end where those of the pipeline do", () => {
    let done = 0;
    /** @type {Map<string, { first: number, last: number }>} */
    const shares = new Map();
    for (const [stage, weight] of Object.entries(STAGE_WEIGHTS)) {
        const begun = pageStageOf(stage, done);
        done += weight;
        const ended = pageStageOf(stage, done);
        assert.equal(begun.name, ended.name);
        const { first = begun.share } = shares.get(begun.name) ?? {};
        shares.set(begun.name, { first, last: ended.share });
    }
    assert.deepEqual([...shares.keys()], ['find_subject', 'refine', 'save']);
    for (const { first, last } of shares.values()) {
        assert.ok(Math.abs(first) < 1e-9);
        assert.ok(Math.abs(last - 1) < 1e-9);
    }
});

test('no control offers a number that the option refuses', () => {
    for (const [name, option] of Object.entries(OPTIONS)) {
        if (!('min' in option)) continue;
        const by = option.unit === 'share' ? 100 : 1;
        const { min, max } = controlRange(name, 1);
        assert.ok(Number(min) / by >= option.min, name);
        assert.ok(Number(max) / by <= option.max, name);
    }
});

test('controls go from the first step to the last', () => {
    assert.deepEqual(controlRange('threshold', 1), { min: '1', max: '100', step: '1' });
    assert.deepEqual(controlRange('shift_edge', 0.5), { min: '-50', max: '50', step: '0.5' });
    assert.deepEqual(controlRange('feather', 0.5), { min: '0', max: '50', step: '0.5' });
    assert.deepEqual(controlRange('background_blur', 0.5), { min: '1', max: '20', step: '0.5' });
    assert.deepEqual(controlRange('file_quality', 1), { min: '1', max: '100', step: '1' });
});
