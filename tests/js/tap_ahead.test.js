/**
 * @file The network's looks ahead of a tap.
 */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TapAhead } from '../../extension/result/editor/tap_ahead.js';

/** @param {() => void} settle */
async function settled(settle) {
    settle();
    await new Promise((resolve) => setImmediate(resolve));
}

test('the network looks ahead piece by piece, as long as the tap is in the hand', async () => {
    let isChosen = true;
    /** @type {{ place: any, answer: () => Promise<void> }[]} */
    const looks = [];
    const look = (/** @type {any} */ place) =>
        new Promise((resolve) => {
            looks.push({ place, answer: () => settled(() => resolve(null)) });
        });
    const ahead = new TapAhead(look, () => isChosen);
    ahead.goOn();
    ahead.goOn();
    assert.deepEqual(
        looks.map(({ place }) => place),
        [{ x: 0.5, y: 0.5 }],
        'one at a time',
    );
    isChosen = false;
    await looks[0]?.answer();
    assert.equal(looks.length, 1);
    isChosen = true;
    ahead.goOn();
    for (let at = 1; at < 9; at++) await looks[at]?.answer();
    const places = new Set(looks.map(({ place }) => JSON.stringify(place)));
    assert.deepEqual([looks.length, places.size], [9, 9], 'the whole picture, and no piece twice');
    ahead.goOn();
    assert.equal(looks.length, 9);
});
