/**
 * @file What the tap tool asks the engine, how often, and what it shows until it knows more.
 */

import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { TapAnswers } from '../../extension/result/editor/tap_answers.js';
import { TapPreview } from '../../extension/result/editor/tap_preview.js';

const SOURCE = { width: 640, height: 320 };
/** Of a picture that is two pixels wide, the left one. @type {any} */
const LEFT = { kind: 'add', size: [1, 2], runs: [0, 1, 1] };
/** @type {any} */
const ALL = { kind: 'add', size: [1, 2], runs: [0, 2] };

/** An engine that answers when the test says so. */
function engine() {
    /** @type {{ body: any, answer: (guesses: any[]) => Promise<void>, fail: () => Promise<void> }[]} */
    const asked = [];
    const ask = (/** @type {any} */ body) =>
        new Promise((resolve, reject) => {
            asked.push({
                body,
                answer: (guesses) => settled(() => resolve({ guesses })),
                fail: () => settled(() => reject(new Error('gone'))),
            });
        });
    return { asked, answers: new TapAnswers(ask) };
}

/** @param {() => void} settle */
async function settled(settle) {
    settle();
    await new Promise((resolve) => setImmediate(resolve));
}

/** @returns {(x: number, y?: number) => any}  Questions about one state. */
function questions(strokes = /** @type {any[]} */ ([])) {
    const state = { quality: 'fast', strokes };
    const edit = { options: {}, strokes };
    return (x, y = 10) => ({ state, edit, tap: { x, y }, taps: [], source: SOURCE });
}

test('what is asked already is not asked again, and neither is its neighbourhood', async () => {
    const { asked, answers } = engine();
    const at = questions();
    const both = [answers.ask(at(100), false), answers.ask(at(100), false)];
    assert.equal(asked.length, 1);
    await asked[0]?.answer([LEFT]);
    assert.deepEqual(await both[0], { guesses: [LEFT], isSure: true });
    assert.deepEqual(await both[1], await both[0]);
    assert.deepEqual((await answers.ask(at(101), true)).guesses, [LEFT], 'one pixel of the grid');
    assert.equal(asked.length, 1);
    assert.equal(answers.known(at(102)), null);
    assert.equal(answers.known(questions([ALL])(100)), null, 'another state of the picture');
});

test('a tap asks the network although a hover has been answered', async () => {
    const { asked, answers } = engine();
    const at = questions();
    const hover = answers.ask(at(100), true);
    const tap = answers.ask(at(100), false);
    await asked[1]?.answer([ALL]);
    await asked[0]?.answer([LEFT]);
    assert.deepEqual((await tap).guesses, [ALL]);
    assert.deepEqual((await hover).guesses, [ALL], 'which came later and knows less');
    assert.deepEqual(
        asked.map(({ body }) => body.isHover),
        [true, false],
    );
});

test('what has failed can be asked again', async () => {
    const { asked, answers } = engine();
    const failing = answers.ask(questions()(100), false);
    await Promise.all([assert.rejects(failing), asked[0]?.fail()]);
    answers.ask(questions()(100), false);
    assert.equal(asked.length, 2);
});

/** A preview, and its timers in the hands of the test. */
function preview() {
    mock.timers.enable({ apis: ['setTimeout'] });
    const { asked, answers } = engine();
    let shows = 0;
    const shown = new TapPreview(answers, () => {
        shows += 1;
    });
    const point = (/** @type {number} */ x) => shown.move({ x, y: 0 });
    return { asked, shown, point, shows: () => shows };
}

test('of all places that the pointer passes only those are asked where it stays', async () => {
    const { asked, shown, point } = preview();
    const at = questions();
    for (const x of [100, 200, 300]) {
        point(x);
        shown.at(at(x));
    }
    mock.timers.tick(100);
    assert.deepEqual(
        asked.map(({ body }) => [body.tap.x, body.isHover]),
        [[300, true]],
    );
    point(400);
    shown.at(at(400));
    mock.timers.tick(100);
    assert.equal(asked.length, 1, 'one at a time');
    shown.leave();
    shown.rest();
    mock.timers.tick(5000);
    await asked[0]?.answer([LEFT]);
    mock.timers.reset();
    assert.equal(asked.length, 2, 'the newest, and no look ahead after the pointer has gone');
});

test('where the pointer rests the network looks ahead', async () => {
    const { asked, shown, point, shows } = preview();
    const at = questions();
    point(100);
    assert.equal(shown.at(at(100)), null);
    mock.timers.tick(100);
    await asked[0]?.answer([LEFT]);
    assert.equal(shows(), 1);
    assert.equal(shown.at(at(100)), LEFT);
    mock.timers.tick(1000);
    assert.equal(asked[1]?.body.isHover, false);
    await asked[1]?.answer([ALL]);
    assert.equal(shown.at(at(100)), ALL);
    mock.timers.tick(1000);
    mock.timers.reset();
    assert.equal(asked.length, 2);
});

test('a region stays while the pointer moves within it, and goes beyond it', async () => {
    const { asked, shown, point } = preview();
    const strokes = /** @type {any[]} */ ([]);
    const at = questions(strokes);
    point(100);
    shown.at(at(100));
    mock.timers.tick(100);
    await asked[0]?.answer([LEFT]);
    assert.equal(shown.at(at(100)), LEFT);
    assert.equal(shown.at(at(300)), LEFT, 'not answered yet');
    assert.equal(shown.at(at(330)), null, 'beyond it');
    assert.equal(shown.at(at(100)), LEFT);
    assert.equal(shown.at(questions([ALL])(110)), null, 'another state of the picture');
    mock.timers.reset();
});

test('nothing covers what a tap has done until the pointer moves on', () => {
    const { shown, point } = preview();
    point(100);
    shown.tap({ x: 100, y: 0 });
    assert.equal(shown.again(ALL), null);
    point(103);
    assert.equal(shown.again(ALL), null, 'the hand trembles');
    point(110);
    assert.equal(shown.again(ALL), ALL);
    mock.timers.reset();
});

test('a tap does what was shown, although the network would say something else by now', async () => {
    const { asked, shown, point } = preview();
    const at = questions();
    /** @type {any} */
    const right = { kind: 'add', size: [1, 2], runs: [1, 1] };
    /** @type {any} */
    const spot = { kind: 'take', size: [1, 4], runs: [0, 1, 3] };
    point(100);
    assert.deepEqual(shown.promised(at(100)), [], 'nothing is shown yet');
    shown.at(at(100));
    mock.timers.tick(100);
    await asked[0]?.answer([LEFT, spot, ALL]);
    assert.deepEqual(shown.promised(at(100)), [], 'it is known, and not shown yet');
    shown.at(at(100));
    assert.deepEqual(shown.promised(at(100)), [LEFT, spot, ALL]);
    mock.timers.tick(200);
    await asked[1]?.answer([right, ALL]);
    assert.deepEqual(
        shown.promised(at(100)),
        [LEFT, spot, ALL],
        'what came later is not shown yet',
    );
    shown.at(at(200));
    assert.deepEqual(shown.promised(at(200)), [LEFT, ALL], 'it has stayed; the spot is elsewhere');
    assert.deepEqual(shown.promised(at(330)), [], 'beyond it');
    assert.deepEqual(shown.promised(questions([ALL])(100)), [], 'another state of the picture');
    shown.tap({ x: 100, y: 0 });
    assert.deepEqual(shown.promised(at(100)), [], 'it is done already');
    mock.timers.reset();
});
