/**
 * @file Who goes first in the engine: previews before files.
 */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Edits } from '../../extension/engine/edits.js';
import { findPrompted, givesMatte } from '../../extension/engine/prompted_models.js';

const CANCELLED = { code: 'CANCELLED', stage: 'encode', message: '', detail: {} };
const edit = { options: {}, strokes: [] };
const page = new AbortController().signal;

/** Python that makes a file only when it is let, and previews at once. */
function engine() {
    /** @type {string[]} */
    const done = [];
    /** @type {((reply: any) => void)[]} Saves that are running. */
    const saves = [];
    const workers = {
        hover: async () => {
            done.push('hover');
            return { ok: true, guesses: [] };
        },
        save: (
            /** @type {string} */ _key,
            /** @type {string} */ _asked,
            /** @type {AbortSignal} */ _signal,
            /** @type {AbortSignal} */ pause,
        ) =>
            new Promise((resolve) => {
                const number = saves.push(resolve);
                pause.addEventListener('abort', () => {
                    done.push(`save ${number} left off`);
                    resolve({ ok: false, failure: CANCELLED });
                });
            }),
        preview: async () => {
            done.push('preview');
            return { ok: true, width: 1 };
        },
    };
    const controller = new AbortController();
    /** @type {any[]} What was told of the job. */
    const shown = [];
    const showEdit = (/** @type {any} */ edit) => shown.push(edit);
    const job = { id: 'a', state: 'done', controller, notices: [], showEdit };
    const edits = new Edits(
        /** @type {any} */ (workers),
        /** @type {any} */ ({
            choose: async () => ({ models: [{ id: 'a' }], choice: {} }),
            prompted: async () => [],
        }),
        (/** @type {() => Promise<any>} */ work) => work(),
    );
    const ask = (/** @type {any} */ request) =>
        edits.answer(/** @type {any} */ (job), request, page);
    return { ask, saves, done, shown };
}

/** All that needs no timer has happened by then. */
const soon = () => new Promise((resolve) => setImmediate(resolve));
const FILE = { ok: true, cutout: new Uint8Array(3), mediaType: 'image/png', notices: [] };

test('a preview does not wait for a file, which is begun anew afterwards', async () => {
    const { ask, saves, done } = engine();
    const file = ask({ type: 'edit.save', id: 1, body: { edit } });
    await soon();
    const preview = await ask({ type: 'edit.preview', id: 2, body: { edit, maxPixels: 9 } });
    assert.equal(preview.ok, true);
    assert.deepEqual(done, ['save 1 left off', 'preview']);
    assert.equal(saves.length, 1, 'the hand may still draw');
    while (saves.length < 2) await soon();
    saves[1]?.({ ...FILE, width: 1, height: 1 });
    const { ok, body } = /** @type {any} */ (await file);
    assert.equal(ok, true);
    assert.equal(body.blob.size, 3);
});

test('a file that nobody waits for makes way for good', async () => {
    const { ask, saves } = engine();
    const file = ask({ type: 'edit.save', id: 1, body: { edit, isIdle: true } });
    await soon();
    await ask({ type: 'edit.preview', id: 2, body: { edit, maxPixels: 9 } });
    const reply = /** @type {any} */ (await file);
    assert.equal(reply.failure.code, 'CANCELLED');
    assert.equal(saves.length, 1);
});

test('a preview leaves a file alone that is finished', async () => {
    const { ask, saves, done } = engine();
    const file = ask({ type: 'edit.save', id: 1, body: { edit } });
    await soon();
    saves[0]?.({ ...FILE, width: 1, height: 1 });
    assert.equal((await file).ok, true);
    await ask({ type: 'edit.preview', id: 2, body: { edit, maxPixels: 9 } });
    assert.deepEqual(done, ['preview']);
});

const HOVER = { edit, tap: { x: 1, y: 2 }, taps: [], isHover: true };

test('a pointer that hovers interrupts a file that nobody waits for', async () => {
    const { ask, done } = engine();
    const file = ask({ type: 'edit.save', id: 1, body: { edit, isIdle: true } });
    await soon();
    await ask({ type: 'edit.tap', id: 2, body: HOVER });
    assert.deepEqual(done, ['save 1 left off', 'hover']);
    const reply = /** @type {any} */ (await file);
    assert.equal(reply.failure.code, 'CANCELLED');
});

test('a pointer that hovers interrupts no file that somebody waits for', async () => {
    const { ask, saves, done } = engine();
    const file = ask({ type: 'edit.save', id: 1, body: { edit } });
    await soon();
    await ask({ type: 'edit.tap', id: 2, body: HOVER });
    assert.deepEqual(done, ['hover']);
    saves[0]?.({ ...FILE, width: 1, height: 1 });
    assert.equal((await file).ok, true);
});

/**
 * An engine whose queue is held up by a job.
 *
 * @param {{ id: string }[]} [prompted]  The pair that answers clicks.
 */
function busyEngine(prompted = []) {
    /** @type {any[]} */
    const loaded = [];
    /** @type {any[]} */
    const requests = [];
    /** @type {string[]} */
    const done = [];
    /** @type {(() => void)[]} */
    const queue = [];
    /** @type {string[]} */
    const ways = [];
    const note =
        (/** @type {string} */ what) =>
        async (/** @type {any[]} */ ...[, asked]) => {
            done.push(what);
            if (typeof asked === 'string') requests.push(JSON.parse(asked));
            if (typeof asked === 'string') ways.push(JSON.parse(asked).way);
            return { ok: true, guesses: [{ kind: 'add', size: [1, 1], runs: [0, 1] }] };
        };
    const load = async (/** @type {any[]} */ models) => {
        done.push('load');
        loaded.push(...models.map(({ id }) => id));
    };
    const workers = { tap: note('tap'), hover: note('hover'), load };
    const models = {
        choose: async () => ({ models: [{ id: 'a' }, { id: 'b' }], choice: {} }),
        prompted: async () => prompted,
    };
    const edits = new Edits(
        /** @type {any} */ (workers),
        /** @type {any} */ (models),
        (/** @type {() => Promise<any>} */ work) =>
            new Promise((resolve, reject) => queue.push(() => work().then(resolve, reject))),
    );
    const controller = new AbortController();
    const job = { id: 'a', state: 'done', controller, notices: [], showEdit: () => undefined };
    const ask = (/** @type {object} */ body) =>
        edits.answer(
            /** @type {any} */ (job),
            /** @type {any} */ ({
                type: 'edit.tap',
                id: 1,
                body: { edit, tap: { x: 1, y: 2, kind: 'add' }, taps: [], ...body },
            }),
            page,
        );
    return { ask, queue, done, ways, loaded, requests };
}

test('a tap waits for the network, and asks one model only', async () => {
    const { ask, queue, done } = busyEngine();
    const tapped = ask({});
    await soon();
    assert.deepEqual(done, []);
    queue[0]?.();
    const { ok, body } = /** @type {any} */ (await tapped);
    assert.equal(ok, true);
    assert.equal(body.guesses.length, 1);
    assert.deepEqual(done, ['load', 'tap']);
});

test('a pair that answers clicks is loaded and asked besides', async () => {
    const pair = [{ id: 'encoder' }, { id: 'decoder' }];
    const { ask, queue, loaded, requests } = busyEngine(pair);
    const tapped = ask({});
    await soon();
    queue[0]?.();
    assert.equal((await tapped).ok, true);
    assert.deepEqual(loaded, ['a', 'encoder', 'decoder']);
    assert.deepEqual(requests[0].models, [{ id: 'a' }]);
    assert.deepEqual(requests[0].prompted, pair);
});

test('halves that answer clicks are a pair where both are here', () => {
    const encoder = { id: 'e', prompted: { part: 'encoder' } };
    const decoder = { id: 'd', prompted: { part: 'decoder', encoder: 'e' } };
    const stray = { id: 's', prompted: { part: 'decoder', encoder: 'gone' } };
    const find = (/** @type {any[]} */ ...entries) => findPrompted(entries);
    assert.deepEqual(find({ id: 'a' }, stray, decoder, encoder), [encoder, decoder]);
    assert.deepEqual(find({ id: 'a' }, stray, decoder), []);
    assert.deepEqual(find(encoder), []);
    const matte = /** @type {any} */ ({ id: 'a' });
    assert.deepEqual([matte, encoder].filter(givesMatte), [matte]);
});

test('a pointer that hovers waits for no job', async () => {
    const { ask, queue, done } = busyEngine();
    assert.equal((await ask({ isHover: true })).ok, true);
    assert.deepEqual(done, ['hover']);
    assert.equal(queue.length, 0);
});

test('a click in a page is looked at like a tap, and Python hears that it was one', async () => {
    const { ask, queue, done, ways } = busyEngine();
    const clicked = ask({ isClick: true });
    await soon();
    queue[0]?.();
    assert.equal((await clicked).ok, true);
    await ask({ isHover: true });
    assert.deepEqual(done, ['load', 'tap', 'hover']);
    assert.deepEqual(ways, ['click', 'hover']);
});

test('a look ahead of a tap waits its turn, and interrupts no file', async () => {
    const { ask, queue, ways } = busyEngine();
    const ahead = ask({ isAhead: true });
    await soon();
    assert.deepEqual(ways, []);
    queue[0]?.();
    assert.equal((await ahead).ok, true);
    assert.deepEqual(ways, ['ahead']);
    const saving = engine();
    const file = saving.ask({ type: 'edit.save', id: 1, body: { edit, isIdle: true } });
    await soon();
    const body = { ...HOVER, isHover: false, isAhead: true };
    saving.ask({ type: 'edit.tap', id: 2, body });
    await soon();
    saving.saves[0]?.({ ...FILE, width: 1, height: 1 });
    assert.equal((await file).ok, true);
});

test('a file beside the result is not what a person has made of the picture', async () => {
    const { ask, saves, shown } = engine();
    const aside = ask({ type: 'edit.save', id: 1, body: { edit, isAside: true } });
    await soon();
    saves[0]?.(FILE);
    assert.equal(/** @type {any} */ (await aside).ok, true);
    assert.deepEqual(shown, []);
    const saved = ask({ type: 'edit.save', id: 2, body: { edit } });
    await soon();
    saves[1]?.(FILE);
    await saved;
    assert.deepEqual(shown, [edit]);
});
