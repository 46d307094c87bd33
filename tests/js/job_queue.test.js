/**
 * @file The order of the jobs in the engine.
 */

import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { BREAKING_CODES, JobQueue } from '../../extension/engine/job_queue.js';
import { offcutError } from '../../extension/messages/failure.js';
import { deferred, newJob, PICTURE, settle, setUp, tearDown } from './engine_fakes.js';

const CUTOUT = { blob: new Blob(['cutout']), width: 1, height: 1, notices: [] };

beforeEach(setUp);
afterEach(tearDown);

/** A queue whose fetches and runs the test ends. */
function begin() {
    /** @type {string[]} */
    const log = [];
    /** @type {Record<string, ReturnType<typeof deferred>>} */
    const fetches = {};
    /** @type {Record<string, ReturnType<typeof deferred>>} */
    const runs = {};
    const queue = new JobQueue({
        fetchPicture: (source) => {
            const { url } = /** @type {any} */ (source);
            if (!url) return Promise.resolve(/** @type {any} */ (source).blob);
            log.push(`fetch ${url}`);
            fetches[url] = deferred();
            return fetches[url].promise;
        },
        cutOut: (job) => {
            log.push(`run ${job.id}`);
            runs[job.id] = deferred();
            return /** @type {any} */ (runs[job.id]).promise;
        },
        stopWorkers: () => log.push('stop'),
        onFree: () => undefined,
    });
    /** @param {string} id @param {any} [source] */
    const add = (id, source = PICTURE) => {
        const job = newJob(id, { onOver: () => queue.update() });
        queue.add(job, source);
        return job;
    };
    return { queue, log, fetches, runs, add };
}

/** @param {string} url */
const at = (url) => ({ kind: 'url', url });

test('pictures are fetched side by side and cut out one after the other', async () => {
    const { log, fetches, runs, add } = begin();
    const [one, two] = [add('one', at('1')), add('two', at('2'))];
    await settle();
    assert.deepEqual(log, ['fetch 1', 'fetch 2']);
    fetches[2]?.resolve(PICTURE.blob);
    await settle();
    fetches[1]?.resolve(PICTURE.blob);
    await settle();
    // The picture that is here first runs first.
    assert.deepEqual(log.slice(2), ['run two']);
    runs.two?.resolve(CUTOUT);
    await settle();
    assert.deepEqual(log.slice(2), ['run two', 'run one']);
    assert.equal(two.state, 'done');
    assert.equal(one.state, 'running');
});

test('each waiting job knows its place, and moves up when one before it ends', async () => {
    const { runs, add } = begin();
    const jobs = ['one', 'two', 'three'].map((id) => add(id));
    const places = () => jobs.map(({ state, ahead }) => `${state} ${ahead}`);
    await settle();
    assert.deepEqual(places(), ['running 0', 'queued 1', 'queued 2']);
    runs.one?.resolve(CUTOUT);
    await settle();
    assert.deepEqual(places(), ['done 0', 'running 0', 'queued 1']);
});

test('a job whose picture is still fetched waits, too, and says so', async () => {
    const { runs, fetches, add } = begin();
    const one = add('one');
    await settle();
    const [two, three] = [add('two', at('2')), add('three', at('3'))];
    const places = () => [one, two, three].map(({ state, ahead }) => `${state} ${ahead}`);
    assert.deepEqual(places(), ['running 0', 'queued 1', 'queued 1']);
    await settle();
    fetches[3]?.resolve(PICTURE.blob);
    await settle();
    assert.deepEqual(places(), ['running 0', 'queued 2', 'queued 1']);
    runs.one?.resolve(CUTOUT);
    await settle();
    assert.deepEqual(places(), ['done 0', 'queued 1', 'running 0']);
    runs.three?.resolve(CUTOUT);
    await settle();
    assert.deepEqual(places(), ['done 0', 'running 0', 'done 0']);
});

test('a cancelled running job is over at once, but the next one waits for the workers', async () => {
    const { queue, log, runs, add } = begin();
    const [one, two] = [add('one'), add('two')];
    await settle();
    one.cancel();
    assert.equal(one.state, 'cancelled');
    assert.equal(two.ahead, 0);
    await settle();
    assert.equal(queue.isBusy, true);
    assert.deepEqual(log, ['run one']);
    runs.one?.reject(offcutError('CANCELLED', 'inference', ''));
    await settle();
    assert.deepEqual(log, ['run one', 'run two']);
});

test('a cutout that comes after the cancelling changes nothing', async () => {
    const { runs, add } = begin();
    const one = add('one');
    await settle();
    one.cancel();
    runs.one?.resolve(CUTOUT);
    await settle();
    assert.equal(one.state, 'cancelled');
    assert.equal(one.cutout, undefined);
});

test('a job that is cancelled in the queue never runs, and the others move up', async () => {
    const { log, runs, add } = begin();
    const [, two, three] = [add('one'), add('two'), add('three')];
    await settle();
    two.cancel();
    assert.equal(three.ahead, 1);
    runs.one?.resolve(CUTOUT);
    await settle();
    assert.deepEqual(log, ['run one', 'run three']);
});

test('a job that is cancelled while its picture comes never runs', async () => {
    const { log, fetches, add } = begin();
    const one = add('one', at('1'));
    await settle();
    one.cancel();
    fetches[1]?.resolve(PICTURE.blob); // a server that does not hear of it
    await settle();
    assert.deepEqual(log, ['fetch 1']);
    assert.equal(one.state, 'cancelled');
});

test('a picture that cannot be had fails its job and no other', async () => {
    const { fetches, log, add } = begin();
    const [one] = [add('one', at('1')), add('two')];
    await settle();
    fetches[1]?.reject(offcutError('FETCH_REFUSED', 'fetch', ''));
    await settle();
    assert.equal(one.failure?.code, 'FETCH_REFUSED');
    assert.deepEqual(log, ['fetch 1', 'run two']);
});

test('only a failure that may have broken a worker stops the workers', async () => {
    for (const code of [...BREAKING_CODES, 'NO_SUBJECT', 'CORRUPT_IMAGE']) {
        const { log, runs, add } = begin();
        const one = add('one');
        await settle();
        runs.one?.reject(offcutError(code, 'inference', ''));
        await settle();
        assert.equal(one.failure?.code, code);
        assert.equal(log.includes('stop'), BREAKING_CODES.has(code), code);
    }
});

test('what a cancelled job fails with does not stop the workers', async () => {
    const { log, runs, add } = begin();
    const one = add('one');
    await settle();
    one.cancel();
    runs.one?.reject(offcutError('INTERNAL', 'inference', ''));
    await settle();
    assert.deepEqual(log, ['run one']);
});

test('a task runs before the next job, and beside no other', async () => {
    const { queue, log, runs, add } = begin();
    add('one');
    add('two');
    await settle();
    const [first, second] = [deferred(), deferred()];
    const task = (/** @type {string} */ name, /** @type {any} */ { promise }) =>
        queue.runAlone(() => {
            log.push(name);
            return promise;
        });
    const made = task('task 1', first);
    const refused = assert.rejects(task('task 2', second), /no/);
    await settle();
    assert.deepEqual(log, ['run one']);
    runs.one?.resolve(CUTOUT);
    await settle();
    assert.deepEqual(log, ['run one', 'task 1']);
    first.resolve('made');
    await settle();
    assert.deepEqual(log, ['run one', 'task 1', 'task 2']);
    second.reject(new Error('no'));
    await settle();
    assert.deepEqual(log, ['run one', 'task 1', 'task 2', 'run two']);
    assert.equal(await made, 'made');
    await refused;
});

test('a task that throws at once fails alone', async () => {
    const { queue, log, add } = begin();
    const thrown = queue.runAlone(() => {
        throw new Error('at once');
    });
    await assert.rejects(thrown, /at once/);
    add('one');
    await settle();
    assert.deepEqual(log, ['run one']);
});
