/**
 * @file The engine's two workers: started, cancelled, stuck, dead. The test is the other end of
 * each worker.
 */

import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { pass, settle, setUp, tearDown } from './engine_fakes.js';

/** How long Python may take to notice that its run was cancelled. */
const GRACE_MS = 1000;

/** @type {FakeWorker[]} Those that have started, in their order. */
const started = [];

/** A worker that answers what the test has told it to. */
class FakeWorker {
    isEnded = false;
    /** @type {any[]} */
    asked = [];
    /** @type {((event: any) => void)[]} */
    #listeners = [];
    /** @type {((event: any) => void)[]} */
    #onError = [];

    /** @param {URL} _script @param {{ name: string }} options */
    constructor(_script, { name }) {
        this.name = name;
        started.push(this);
    }

    /** @param {string} type @param {(event: any) => void} listener */
    addEventListener(type, listener) {
        (type === 'error' ? this.#onError : this.#listeners).push(listener);
    }

    /** @param {any} message */
    postMessage(message) {
        this.asked.push(message);
        if (message.type?.endsWith('.boot')) this.answer(message.type, { leaks, threads: 2 });
        if (message.type === 'python.connect') this.answer(message.type, {});
    }

    terminate() {
        this.isEnded = true;
    }

    /** @param {string} type @param {any} body */
    answer(type, body) {
        const { id } = this.asked.findLast((message) => message.type === type);
        this.#hear({ id, ok: true, body });
    }

    /** @param {string} type @param {any} body */
    tell(type, body) {
        this.#hear({ type, body });
    }

    die() {
        for (const listener of this.#onError) listener({ message: 'out of memory' });
    }

    /** @param {any} data */
    async #hear(data) {
        await undefined;
        if (!this.isEnded) for (const listener of this.#listeners) listener({ data });
    }
}

/** @type {string[]} What the next workers can still reach. */
let leaks = [];
Object.assign(globalThis, {
    Worker: FakeWorker,
    chrome: { runtime: { getURL: (/** @type {string} */ path) => `chrome-extension://x/${path}` } },
});
Object.defineProperty(globalThis, 'navigator', {
    value: { hardwareConcurrency: 2, locks: { request: () => new Promise(() => undefined) } },
    configurable: true,
});
const { Workers } = await import('../../extension/engine/workers.js');

beforeEach(() => {
    setUp();
    started.length = 0;
    leaks = [];
});
afterEach(tearDown);

/** @param {string} name */
const newest = (name) => /** @type {FakeWorker} */ (started.findLast((each) => each.name === name));
/** @param {string} name */
const count = (name) => started.filter((each) => each.name === name).length;

function newWorkers() {
    const gpu = /** @type {any} */ ({ isLikely: false, backendOf: async () => 'wasm' });
    const times = /** @type {any} */ ({ note: () => undefined });
    return new Workers(async () => new ArrayBuffer(1), times, gpu);
}

async function begin() {
    const workers = newWorkers();
    await Promise.all(Object.values(workers.start()));
    const [cancel, pause] = [new AbortController(), new AbortController()];
    const run = () => {
        const outcome = workers
            .run(new ArrayBuffer(1), '{}', cancel.signal, () => undefined, pause.signal)
            .catch((error) => error.failure);
        return outcome;
    };
    return { workers, cancel, pause, run };
}

test('both start at once, and once', async () => {
    const { workers } = await begin();
    assert.equal(workers.bootFraction, 1);
    assert.equal(workers.threads, 2);
    workers.start();
    await settle();
    assert.deepEqual([count('python'), count('model')], [1, 1]);
});

test('a worker that can still reach out gets no picture', async () => {
    leaks = ['fetch'];
    await assert.rejects(begin(), (/** @type {any} */ error) => error.failure.code === 'INTERNAL');
    assert.equal(newest('python').isEnded, true);
});

test('a run that is cancelled outside the network leaves both workers alone', async () => {
    const { cancel, run } = await begin();
    const outcome = run();
    await settle();
    newest('python').tell('cutout.progressed', { stage: 'refine', fraction: 0.6 });
    await settle();
    cancel.abort();
    const failure = { code: 'CANCELLED', stage: 'refine', message: '', detail: {} };
    newest('python').answer('cutout.run', { ok: false, failure });
    assert.equal((await outcome).failure.code, 'CANCELLED');
    await pass(GRACE_MS);
    assert.deepEqual([count('python'), count('model')], [1, 1]);
    assert.equal(newest('python').isEnded, false);
});

test('a run that is cancelled in the network costs the model worker only', async () => {
    const { cancel, run } = await begin();
    run();
    await settle();
    newest('python').tell('cutout.progressed', { stage: 'inference', fraction: 0.3 });
    await settle();
    const model = newest('model');
    cancel.abort();
    await settle();
    assert.equal(model.isEnded, true);
    assert.deepEqual([count('python'), count('model')], [1, 2]);
    assert.equal(newest('python').isEnded, false);
    const connected = newest('python').asked.filter(({ type }) => type === 'python.connect');
    assert.equal(connected.length, 2, 'Python gets the new port');
});

test('a run that makes way ends a slow network after a moment, and never Python', async () => {
    const { pause, run } = await begin();
    run();
    await settle();
    newest('python').tell('cutout.progressed', { stage: 'inference', fraction: 0.3 });
    await settle();
    pause.abort();
    await pass(1499);
    assert.equal(count('model'), 1, 'a quick network answers by then');
    await pass(1);
    assert.equal(count('model'), 2);
    await pass(GRACE_MS);
    assert.equal(newest('python').isEnded, false);
});

test('a run that is over makes way for nothing', async () => {
    const { pause, run } = await begin();
    const outcome = run();
    await settle();
    newest('python').answer('cutout.run', { ok: true });
    await outcome;
    pause.abort();
    await pass(GRACE_MS);
    assert.deepEqual([count('python'), count('model')], [1, 1]);
});

test('a Python that does not notice the cancelling is ended after its time', async () => {
    const { cancel, run } = await begin();
    const outcome = run();
    await settle();
    cancel.abort();
    await pass(GRACE_MS - 1);
    assert.equal(newest('python').isEnded, false);
    await pass(1);
    assert.equal(newest('python').isEnded, true);
    assert.equal((await outcome).code, 'CANCELLED');
});

test('a Python that dies fails its run, and the next start brings two new workers', async () => {
    const { workers, run } = await begin();
    const outcome = run();
    await settle();
    newest('python').die();
    assert.equal((await outcome).code, 'ENGINE_LOST');
    assert.equal(workers.bootFraction, 0);
    assert.equal((await run()).code, 'ENGINE_LOST');
    await Promise.all(Object.values(workers.start()));
    assert.deepEqual([count('python'), count('model')], [2, 2]);
});

test('a model worker that dies leaves Python alone, which is told', async () => {
    const { workers } = await begin();
    newest('model').die();
    await settle();
    assert.equal(newest('python').asked.at(-1).body.port, null);
    await Promise.all(Object.values(workers.start()));
    assert.deepEqual([count('python'), count('model')], [1, 2]);
});

test('the look at a file waits for the run that is going on', async () => {
    const { workers, run } = await begin();
    run();
    await settle();
    const inspected = workers.inspect(new ArrayBuffer(1));
    await settle();
    const asked = () => newest('model').asked.map(({ type }) => type);
    assert.deepEqual(asked(), ['model.boot']);
    newest('python').answer('cutout.run', { ok: true });
    await settle();
    assert.deepEqual(asked(), ['model.boot', 'model.inspect']);
    newest('model').answer('model.inspect', { inputs: [], outputs: [] });
    assert.deepEqual(await inspected, { inputs: [], outputs: [] });
});

test('models that are too much together get a new worker, small ones stay', async () => {
    const { workers } = await begin();
    /** @param {string} id @param {number} bytes */
    const load = async (id, bytes) => {
        const loaded = workers.load([/** @type {any} */ ({ id, bytes })]);
        await settle();
        newest('model').answer('model.load', {});
        await loaded;
    };
    await load('a', 40e6);
    await load('b', 40e6);
    assert.deepEqual(
        workers.loadedModels.map(({ id }) => id),
        ['a', 'b'],
    );
    assert.equal(count('model'), 1);
    await load('c', 40e6);
    assert.deepEqual(
        workers.loadedModels.map(({ id }) => id),
        ['c'],
    );
    assert.equal(count('model'), 2);
});

test('a Python that starts beside a model worker gets a way to it, and the model goes on', async () => {
    const workers = newWorkers();
    const inspected = workers.inspect(new ArrayBuffer(1));
    await settle();
    const model = newest('model');
    workers.start();
    await settle();
    assert.equal(newest('model'), model);
    assert.equal(model.isEnded, false);
    const toModel = model.asked.find(({ type }) => type === 'model.connect');
    const toPython = newest('python').asked.find(({ type }) => type === 'python.connect');
    assert.equal(toModel.body.port instanceof MessagePort, true);
    assert.equal(toPython.body.port instanceof MessagePort, true);
    model.answer('model.inspect', { inputs: [], outputs: [] });
    assert.deepEqual(await inspected, { inputs: [], outputs: [] });
    for (const { body } of [toModel, toPython]) body.port.close();
});
