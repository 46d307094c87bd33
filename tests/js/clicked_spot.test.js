/**
 * @file The place that was clicked in a page, in the file that the editor has.
 */

import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { askAboutClick, placeIn } from '../../extension/result/editor/clicked_spot.js';

const SPOT = { x: 0.25, y: 0.5, aspect: 1.5 };

test('the clicked share of a picture is a place in its file, whatever its size', () => {
    assert.deepEqual(placeIn({ width: 300, height: 200 }, SPOT), { x: 75, y: 100 });
    assert.deepEqual(placeIn({ width: 1501, height: 1000 }, SPOT), { x: 375.25, y: 500 });
});

test('where the file shows another cut of the picture, or none yet, no place is known', () => {
    assert.equal(placeIn({ width: 200, height: 200 }, SPOT), null);
    assert.equal(placeIn({ width: 200, height: 300 }, SPOT), null);
    assert.equal(placeIn(undefined, SPOT), null);
});

/** @type {any} */
const QUESTION = { edit: { strokes: [] }, tap: { x: 1, y: 2 }, taps: [] };

test('only what is missing is asked for, as of a click', async () => {
    /** @type {any[]} */
    const asked = [];
    const guesses = await askAboutClick(async (body) => {
        asked.push(body);
        return { guesses: [/** @type {any} */ ('a region')] };
    }, QUESTION);
    assert.deepEqual(guesses, ['a region']);
    const tap = { x: 1, y: 2, kind: 'add' };
    assert.deepEqual(asked, [{ edit: { strokes: [] }, tap, taps: [], isClick: true }]);
});

test('a look that fails adds nothing and says nothing', async () => {
    mock.method(console, 'warn', () => undefined);
    const gone = () => Promise.reject(new Error('gone'));
    assert.deepEqual(await askAboutClick(gone, QUESTION), []);
    mock.restoreAll();
});
