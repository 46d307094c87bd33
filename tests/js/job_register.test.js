/**
 * @file How long the engine knows a job.
 */

import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { JobRegister } from '../../extension/engine/job_register.js';
import { fakePort, pass, setUp, tearDown } from './engine_fakes.js';

const CUTOUT = { blob: new Blob(['cutout']), width: 1, height: 1, notices: [] };
/** Longer than a page takes to open or to reload. */
const LONG_MS = 10_000;
/** Many tabs can open at once, on a busy machine. */
const OPENING_MS = 120_000;
const SHORT_MS = 9_000;

beforeEach(setUp);
afterEach(tearDown);

function begin() {
    /** @type {string[]} */
    const forgotten = [];
    /** @type {number[]} */
    const active = [];
    const register = new JobRegister({
        onChange: () => undefined,
        onActive: (count) => active.push(count),
        onOver: () => undefined,
        onForgotten: (jobId) => forgotten.push(jobId),
    });
    /** @param {string} jobId @param {object} [more] */
    const open = (jobId, more) =>
        register.open(/** @type {any} */ ({ jobId, name: jobId, settings: {}, ...more }));
    /** @param {any} job */
    const watch = (job) => {
        const { end } = fakePort('');
        register.watch(job, end);
        return () => register.unwatch(job, end);
    };
    return { register, open, watch, forgotten, active };
}

test('a job whose page never comes is cancelled and forgotten', async () => {
    const { register, open, forgotten } = begin();
    const job = open('a');
    await pass(OPENING_MS - SHORT_MS);
    assert.equal(register.get('a'), job);
    await pass(SHORT_MS);
    assert.equal(job.state, 'cancelled');
    assert.equal(register.get('a'), undefined);
    assert.deepEqual(forgotten, ['a']);
});

test('a page that reloads in time keeps its job, running or done', async () => {
    for (const isDone of [false, true]) {
        const { register, open, watch } = begin();
        const job = open('a');
        const leave = watch(job);
        if (isDone) job.finish(CUTOUT);
        leave();
        await pass(SHORT_MS);
        watch(job);
        await pass(10 * LONG_MS);
        assert.equal(register.get('a'), job);
        assert.equal(job.state, isDone ? 'done' : 'running');
    }
});

test('the last page that is closed takes its job with it', async () => {
    const { register, open, watch, forgotten } = begin();
    const job = open('a');
    const [leave, leaveOther] = [watch(job), watch(job)];
    leave();
    await pass(LONG_MS);
    assert.equal(register.get('a'), job);
    leaveOther();
    await pass(LONG_MS);
    assert.equal(job.state, 'cancelled');
    assert.deepEqual(forgotten, ['a']);
});

test('a job of the workbench goes with it at once, whatever has become of it', async () => {
    for (const isDone of [false, true]) {
        const { register, open, watch } = begin();
        const job = open('a', { passing: true });
        const leave = watch(job);
        if (isDone) job.finish(CUTOUT);
        leave();
        assert.equal(register.get('a'), undefined);
        const unseen = open('b', { passing: true });
        if (isDone) unseen.finish(CUTOUT);
        await pass(OPENING_MS);
        assert.equal(register.get('b'), undefined);
    }
});

test('a job of the popup lives without a page, until a page has shown it', async () => {
    const { register, open, watch } = begin();
    const job = open('a', { kept: true });
    await pass(10 * LONG_MS);
    assert.equal(register.get('a'), job);
    watch(job)();
    await pass(LONG_MS);
    assert.equal(register.get('a'), undefined);
});

test('what is made stays in the list when its page is closed, and can be opened again', async () => {
    const { register, open, watch } = begin();
    const job = open('a');
    const leave = watch(job);
    job.finish(CUTOUT);
    leave();
    await pass(10 * LONG_MS);
    assert.equal(register.get('a'), job);
    watch(job)();
    await pass(10 * LONG_MS);
    assert.equal(register.get('a'), job);
    register.forget(job);
    assert.equal(register.get('a'), undefined);
});

test('of pages that were closed only the newest twelve cut-outs stay, too', async () => {
    const { register, open, watch } = begin();
    const jobs = Array.from({ length: 15 }, (_, index) => open(`${index}`));
    const leave = jobs.map((job) => watch(job));
    for (const job of jobs) job.finish(CUTOUT);
    assert.equal(register.jobs.length, 15);
    for (const each of leave) each();
    await pass(LONG_MS);
    assert.deepEqual(
        register.jobs.map(({ id }) => Number(id)),
        [3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14],
    );
});

test('what has failed takes no place of what is made', () => {
    const { register, open } = begin();
    open('made', { kept: true }).finish(CUTOUT);
    for (let number = 0; number < 15; number++) open(`${number}`, { kept: true }).cancel();
    assert.equal(register.jobs.filter(({ state }) => state === 'done').length, 1);
    assert.equal(register.jobs.length, 13);
});

test('forgetting waits for the last page', () => {
    const { register, open, watch } = begin();
    const [shown, alone] = [open('shown'), open('alone')];
    watch(shown);
    for (const job of [shown, alone]) register.forget(job);
    assert.deepEqual(
        register.jobs.map(({ id }) => id),
        ['shown'],
    );
    assert.equal(shown.state, 'running');
    assert.equal(alone.state, 'cancelled');
    assert.equal(alone.controller.signal.aborted, true);
});

test('of the finished jobs without a page only the newest twelve stay', () => {
    const { register, open, watch } = begin();
    const jobs = Array.from({ length: 15 }, (_, index) => open(`${index}`, { kept: true }));
    watch(/** @type {any} */ (jobs[0]));
    for (const job of jobs) job.finish(CUTOUT);
    assert.deepEqual(
        register.jobs.map(({ id }) => Number(id)),
        [0, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14],
    );
});

test('large finished jobs make room for newer ones, but the newest stays', () => {
    const { register, open } = begin();
    const large = /** @type {any} */ ({ ...CUTOUT, blob: { size: 300 * 1024 * 1024 } });
    for (const id of ['old', 'new']) open(id, { kept: true }).finish(large);
    assert.deepEqual(
        register.jobs.map(({ id }) => id),
        ['new'],
    );
});

test('the number of jobs counts those that a page is still to bring', () => {
    const { open, active } = begin();
    const first = open('a', { behind: 3 });
    open('b', { behind: 2 });
    first.finish(CUTOUT);
    assert.deepEqual(active, [4, 4, 3]);
});
