/**
 * @file What the editor asks the engine, when, and what becomes of the answers.
 */

import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { OffcutError } from '../../extension/messages/failure.js';
import { EditLink } from '../../extension/result/editor/edit_link.js';
import { LatestRequest } from '../../extension/result/editor/latest_request.js';
import { OutputFile } from '../../extension/result/editor/output_file.js';

/** An engine that answers when the test says so. */
function engine() {
    /** @type {{ question: any, resolve: (answer: any) => void, reject: (error: any) => void }[]} */
    const asked = [];
    const ask = (/** @type {any} */ question) =>
        new Promise((resolve, reject) => asked.push({ question, resolve, reject }));
    return { asked, ask };
}

const soon = () => new Promise((resolve) => setImmediate(resolve));

test('one preview at a time, and of those that wait only the newest', async () => {
    const { asked, ask } = engine();
    /** @type {string[]} */
    const shown = [];
    const latest = new LatestRequest(ask, (answer) => shown.push(answer), assert.fail);
    for (const question of ['a', 'b', 'c']) latest.request(question);
    assert.deepEqual(
        asked.map(({ question }) => question),
        ['a'],
    );
    asked[0]?.resolve('A');
    await soon();
    assert.deepEqual(
        asked.map(({ question }) => question),
        ['a', 'c'],
    );
    asked[1]?.resolve('C');
    await soon();
    assert.deepEqual(shown, ['A', 'C']);
    assert.equal(latest.isBusy, false);
});

test('a failure counts only for the newest question', async () => {
    const { asked, ask } = engine();
    /** @type {string[]} */
    const failed = [];
    const latest = new LatestRequest(
        ask,
        () => undefined,
        (_, question) => failed.push(question),
    );
    latest.request('a');
    latest.request('b');
    asked[0]?.reject(new Error('a'));
    await soon();
    asked[1]?.reject(new Error('b'));
    await soon();
    assert.deepEqual(failed, ['b']);
    latest.request('c');
    assert.equal(asked.length, 3, 'it goes on after a failure');
});

test('answers find their questions, and failures keep their code', async () => {
    /** @type {any[]} */
    const posted = [];
    const link = new EditLink();
    link.connect((question) => posted.push(question));
    const one = link.ask('edit.preview', 1);
    const other = link.ask('edit.save', 2);
    const failure = { code: 'BAD_OPTION', stage: 'edit', message: '', detail: {} };
    link.receive({ id: posted[1].id, ok: false, failure });
    link.receive({ id: posted[0].id, ok: true, body: 'picture' });
    assert.equal(await one, 'picture');
    await assert.rejects(other, (error) => error.failure.code === 'BAD_OPTION');
});

test('a new engine is given the backgrounds and then what nobody has answered', async () => {
    /** @type {any[]} */
    const former = [];
    /** @type {any[]} */
    const next = [];
    const link = new EditLink();
    link.connect((question) => former.push(question));
    const given = link.ask('edit.background', { background: 'x' });
    link.receive({ id: former[0].id, ok: true, body: {} });
    await given;
    const waiting = link.ask('edit.preview', 'p');
    link.disconnect();
    link.connect((question) => next.push(question));
    assert.deepEqual(
        next.map(({ type }) => type),
        ['edit.background', 'edit.preview'],
    );
    link.receive({ id: next[1].id, ok: true, body: 'picture' });
    assert.equal(await waiting, 'picture');
});

test('when no engine comes any more, all that waits fails', async () => {
    const link = new EditLink();
    const waiting = link.ask('edit.preview', 'p');
    link.fail({ code: 'ENGINE_LOST', stage: 'engine', message: '', detail: {} });
    await assert.rejects(waiting, (error) => error.failure.code === 'ENGINE_LOST');
});

const CANCELLED = { code: 'CANCELLED', stage: 'encode', message: '', detail: {} };
const FILE = { blob: new Blob(['x']), width: 1, height: 1, notices: [] };
/** @param {number} feather */
const edit = (feather) => ({ options: { feather }, strokes: [] });

test('the file is made when the user rests, once, and is what a download takes', async () => {
    mock.timers.enable({ apis: ['setTimeout'] });
    const { asked, ask } = engine();
    /** @type {string[]} */
    const told = [];
    const saved = new OutputFile(ask, (freshness) => told.push(freshness));
    saved.begin(edit(0), FILE);
    saved.change(edit(1));
    saved.change(edit(2));
    mock.timers.tick(5000);
    mock.timers.reset();
    assert.deepEqual(
        asked.map(({ question }) => question),
        [edit(2)],
    );
    const file = saved.get(edit(2));
    asked[0]?.resolve(FILE);
    assert.equal(await file, FILE);
    assert.deepEqual(told, ['ready', 'stale', 'stale', 'working', 'ready']);
    assert.equal(asked.length, 1);
});

test('going back to what is made already needs nothing new', () => {
    const { asked, ask } = engine();
    const saved = new OutputFile(ask, () => undefined);
    saved.begin(edit(0), FILE);
    saved.change(edit(0));
    assert.equal(saved.ready(edit(0)), FILE);
    assert.equal(asked.length, 0);
});

test('a file that could not be made can be asked for again', async () => {
    const { asked, ask } = engine();
    const saved = new OutputFile(ask, () => undefined);
    const failing = saved.get(edit(1));
    asked[0]?.reject(new Error('no room'));
    await assert.rejects(failing);
    const file = saved.get(edit(1));
    asked[1]?.resolve(FILE);
    assert.equal(await file, FILE);
});

test('a download does not fail because an idle file made way', async () => {
    mock.timers.enable({ apis: ['setTimeout'] });
    /** @type {{ isIdle: boolean, resolve: (file: any) => void, reject: (error: Error) => void }[]} */
    const asked = [];
    const saved = new OutputFile(
        (_, isIdle) => new Promise((resolve, reject) => asked.push({ isIdle, resolve, reject })),
        () => undefined,
    );
    saved.begin(edit(0), FILE);
    saved.change(edit(1));
    mock.timers.tick(5000);
    mock.timers.reset();
    const file = saved.get(edit(1));
    asked[0]?.reject(new Error('made way'));
    await soon();
    assert.deepEqual(
        asked.map(({ isIdle }) => isIdle),
        [true, false],
    );
    asked[1]?.resolve(FILE);
    assert.equal(await file, FILE);
});

test('an idle file that made way for a look is made at the next pause', async () => {
    mock.timers.enable({ apis: ['setTimeout'] });
    const { asked, ask } = engine();
    const saved = new OutputFile(ask, () => undefined);
    saved.begin(edit(0), FILE);
    saved.change(edit(1));
    mock.timers.tick(5000);
    asked[0]?.reject(new OffcutError(CANCELLED));
    await soon();
    mock.timers.tick(5000);
    mock.timers.reset();
    assert.deepEqual(
        asked.map(({ question }) => question),
        [edit(1), edit(1)],
    );
});

test('an idle file that made way for a change is not made any more', async () => {
    mock.timers.enable({ apis: ['setTimeout'] });
    const { asked, ask } = engine();
    const saved = new OutputFile(ask, () => undefined);
    saved.change(edit(1));
    mock.timers.tick(5000);
    saved.change(edit(2));
    asked[0]?.reject(new OffcutError(CANCELLED));
    await soon();
    mock.timers.tick(5000);
    mock.timers.reset();
    assert.deepEqual(
        asked.map(({ question }) => question),
        [edit(1), edit(2)],
    );
});
