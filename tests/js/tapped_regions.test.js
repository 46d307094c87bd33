/**
 * @file What comes of a tap, of another at its place, and what is said of it.
 */

import assert from 'node:assert/strict';
import { test } from 'node:test';

/** @type {any} */ (globalThis).chrome = {
    i18n: {
        getMessage: (/** @type {string} */ key) => (key === 'language' ? 'en' : key),
    },
    runtime: { getURL: () => 'chrome-extension://x/' },
};
/** @type {any} */ (globalThis).document = { addEventListener: () => undefined };
const { nextGuess, TappedRegions } = await import(
    '../../extension/result/editor/tapped_regions.js'
);

/** @returns {any}  A mask of two by one, or the empty one. */
const region = (/** @type {string} */ kind, runs = [1, 1]) => ({ kind, size: [1, 2], runs });

test('a tap where all is well leaves it, and another one there goes on to the next guess', () => {
    const regions = new TappedRegions();
    const [empty, first] = [region('take', [2]), region('take')];
    const guesses = [empty, first];
    const [place, strokes] = [{ x: 5, y: 5 }, /** @type {any[]} */ ([])];
    regions.rest(strokes, { place, guesses, index: 0 });
    const origin = regions.newestAt(strokes, { x: 6, y: 5 }, 16);
    assert.equal(origin?.isRest, true);
    assert.equal(origin && nextGuess(origin), first);
    assert.match(regions.sentence(strokes), /edit_tap_fine/);
    assert.equal(regions.newestAt(strokes, { x: 60, y: 5 }, 16), null, 'another place');
    assert.equal(regions.newestAt([first], place, 16), null, 'another state');
    assert.deepEqual(regions.taps(strokes), []);
    regions.leave();
    assert.equal(regions.newestAt(strokes, place, 16), null);
});

test('after a tap it is asked what the next guess would do', () => {
    const regions = new TappedRegions();
    const guesses = [region('add'), region('take'), region('take', [0, 2])];
    regions.keep({ x: 5, y: 5 }, guesses);
    const said = guesses.map((each) => regions.sentence([each]));
    assert.match(said[0] ?? '', /edit_tap_added.*edit_tap_or_take/);
    assert.match(said[1] ?? '', /edit_tap_taken.*edit_tap_again/);
    assert.match(said[2] ?? '', /edit_tap_taken.*edit_tap_or_add/);
});
