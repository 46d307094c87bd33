/**
 * @file A limit for work is over after its time, and not sooner because the machine slept.
 */

import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { awakeTimeout } from '../../extension/platform/awake_timeout.js';

/** @param {number} milliseconds  One by one: a timer that is due may set another one. */
function goOn(milliseconds) {
    for (let passed = 0; passed < milliseconds; passed++) mock.timers.tick(1);
}

test('it is over after its time, once, unless it is called off', () => {
    mock.timers.enable({ apis: ['setTimeout'] });
    let count = 0;
    awakeTimeout(() => count++, 1000);
    goOn(999);
    assert.equal(count, 0);
    goOn(1);
    assert.equal(count, 1);
    goOn(5000);
    assert.equal(count, 1);
    const callOff = awakeTimeout(() => count++, 1000);
    goOn(990);
    callOff();
    goOn(5000);
    assert.equal(count, 1);
    mock.timers.reset();
});

test('a sleep that is longer leaves most of it', () => {
    /** @type {(() => void)[]} */
    const due = [];
    const plain = globalThis.setTimeout;
    globalThis.setTimeout = /** @type {any} */ ((/** @type {() => void} */ act) => due.push(act));
    try {
        let isOver = false;
        awakeTimeout(() => {
            isOver = true;
        }, 1000);
        // On waking each timer that was set is due, and no more than those.
        for (const act of due.splice(0)) act();
        assert.equal(isOver, false);
    } finally {
        globalThis.setTimeout = plain;
    }
});
