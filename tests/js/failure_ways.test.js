/**
 * @file Every failure says what to do, and has a button that does it.
 */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { CODES } from '../../extension/messages/facts.js';
import { EXTENSION_CODES } from '../../extension/messages/failure.js';
import { waysOn } from '../../extension/ui/failure_ways.js';

const ALL = [...Object.values(CODES).flat(), ...EXTENSION_CODES];
const TEXTS = JSON.parse(
    readFileSync(new URL('../../extension/_locales/en/messages.json', import.meta.url), 'utf8'),
);
const NONE = { hasPicture: false, quality: 'fast', detail: {} };
const ON_PAGE = {
    hasPicture: false,
    quality: 'fast',
    detail: { url: 'http://a.test/b.png', source: '{}', clicked: '{}', tabId: 1, number: 1 },
};
const WITH_PICTURE = { hasPicture: true, quality: 'fast', detail: {} };

for (const code of ALL) {
    test(`${code} has a text and a way on, whatever is at hand`, () => {
        assert.ok(TEXTS[`failure_${code}`]?.message);
        for (const means of [NONE, ON_PAGE, WITH_PICTURE]) {
            assert.ok(waysOn(code, means).length > 0);
        }
    });
}

/** @type {[string, object, string[]][]} */
const CASES = [
    ['NO_SUBJECT', WITH_PICTURE, ['hand', 'best', 'own']],
    ['NO_SUBJECT', { ...WITH_PICTURE, quality: 'best' }, ['hand', 'models', 'own']],
    ['FETCH_NOT_FOUND', ON_PAGE, ['again', 'screen', 'page']],
    [
        'FETCH_NOT_FOUND',
        { ...ON_PAGE, detail: { ...ON_PAGE.detail, number: undefined } },
        ['again', 'page'],
    ],
    ['PERMISSION_NEEDED', ON_PAGE, ['allow', 'screen']],
    ['PERMISSION_REFUSED', ON_PAGE, ['screen', 'allow', 'own']],
    ['FETCH_BLOCKED', ON_PAGE, ['screen', 'again', 'own']],
    ['PICTURE_GONE', NONE, ['own']],
    ['CANCELLED', WITH_PICTURE, ['again', 'own']],
    ['a code of the future', NONE, ['own']],
];
for (const [code, means, expected] of CASES) {
    test(`${code} offers ${expected.join(', ')}`, () => {
        const detail =
            code === 'NO_SUBJECT' ? { strongest: 0.2 } : /** @type {any} */ (means).detail;
        assert.deepEqual(waysOn(code, /** @type {any} */ ({ ...means, detail })), expected);
    });
}

/** @type {[RegExp, string][]} What a text says, and what is then offered. */
const PROMISES = [
    [/[Tt]ake it from the screen/, 'screen'],
    [/in a tab of its own/, 'picture'],
    [/choose (?:its file|one of your own)|[Cc]hoose another/, 'own'],
    [/settings/, 'settings|models'],
    [/^(?!.*(?:Reset|stopped this job)).*(?:T|t)ry again/, 'again|own'],
];
for (const code of ALL) {
    const { message } = TEXTS[`failure_${code}`];
    for (const [words, ways] of PROMISES.filter(([pattern]) => pattern.test(message))) {
        test(`${code} offers what it speaks of: ${words.source}`, () => {
            const means = { ...ON_PAGE, hasPicture: true };
            const offered = waysOn(code, means);
            assert.ok(ways.split('|').some((way) => offered.includes(/** @type {any} */ (way))));
        });
    }
    test(`${code} speaks of nothing that is not there`, () => {
        assert.doesNotMatch(message, /drop it into|that you clicked|right-click/);
    });
}
