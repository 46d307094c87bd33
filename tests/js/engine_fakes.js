/**
 * @file Fakes for tests of the engine: ports, workers, jobs, and a clock that the test turns.
 */

import { mock } from 'node:test';
import { Job } from '../../extension/engine/job.js';
import { offcutError } from '../../extension/messages/failure.js';

/** Silence what the engine tells the developer tools, and turn the clock by hand. */
export function setUp() {
    mock.timers.enable({ apis: ['setTimeout'] });
    mock.method(console, 'warn', () => undefined);
    mock.method(console, 'info', () => undefined);
}

export function tearDown() {
    mock.timers.reset();
    mock.restoreAll();
}

/** @param {number} milliseconds */
export async function pass(milliseconds) {
    await settle();
    mock.timers.tick(milliseconds);
    await settle();
}

/** Lets everything run that waits for nothing but its turn. */
export async function settle() {
    for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
}

/**
 * A promise that the test settles.
 *
 * @returns {{ promise: Promise<any>, resolve: (value?: any) => void, reject: (error: Error) => void }}
 */
export function deferred() {
    /** @type {any} */
    let settlers;
    const promise = new Promise((resolve, reject) => {
        settlers = { resolve, reject };
    });
    promise.catch(() => undefined);
    return { promise, ...settlers };
}

/**
 * The engine's end of a port, whose other end is the test.
 *
 * @param {string} name
 */
export function fakePort(name) {
    /** @type {((message: any) => void)[]} */
    const onMessage = [];
    /** @type {(() => void)[]} */
    const onDisconnect = [];
    /** @type {any[]} */
    const posted = [];
    const end = {
        name,
        postMessage: (/** @type {any} */ message) => posted.push(structuredClone(message)),
        onMessage: { addListener: (/** @type {any} */ listener) => onMessage.push(listener) },
        onDisconnect: { addListener: (/** @type {any} */ listener) => onDisconnect.push(listener) },
    };
    return {
        end: /** @type {any} */ (end),
        posted,
        last: () => posted.at(-1),
        say: (/** @type {any} */ message) => {
            for (const listener of onMessage) listener(message);
        },
        close: () => {
            for (const listener of onDisconnect) listener();
        },
    };
}

/** Workers whose runs the test ends; they hold on to a cancelled run, as the real ones do. */
export function fakeWorkers() {
    /** @type {string[]} */
    const log = [];
    /** @type {any[]} Every run of the pipeline, in order. */
    const runs = [];
    /** @type {any[]} */
    const previews = [];
    /** @type {string[]} Requests of the jobs that were begun ahead of their turn. */
    const prepared = [];
    const workers = {
        bootFraction: 1,
        onBoot: () => undefined,
        start: () => {
            log.push('start');
            return { python: Promise.resolve(), model: Promise.resolve() };
        },
        stop: (error = offcutError('ENGINE_LOST', 'engine', 'stopped')) => {
            log.push('stop');
            for (const run of runs) run.reject(error);
        },
        load: async () => undefined,
        leaveGpu: async () => false,
        forget: () => undefined,
        restartModel: () => log.push('restart model'),
        forgetSubject: (/** @type {string} */ jobId) => log.push(`forget ${jobId}`),
        run: (
            /** @type {ArrayBuffer} */ _picture,
            /** @type {string} */ request,
            /** @type {AbortSignal} */ signal,
            /** @type {unknown} */ _onProgress,
            /** @type {AbortSignal | undefined} */ pause,
        ) => {
            const { key, quick } = JSON.parse(request);
            const run = { ...deferred(), request, key, quick, signal, pause };
            runs.push(run);
            return run.promise;
        },
        prepare: (/** @type {ArrayBuffer} */ _picture, /** @type {string} */ request) =>
            prepared.push(request),
        preview: () => {
            const preview = deferred();
            previews.push(preview);
            return preview.promise;
        },
    };
    return { workers: /** @type {any} */ (workers), log, runs, previews, prepared };
}

export const CUT_OUT = Object.freeze({
    ok: true,
    cutout: new Uint8Array(3),
    mediaType: 'image/png',
    width: 2,
    height: 1,
    timings: {},
    notices: [],
});

/** @type {any} */
export const MODELS = {
    choose: async () => ({
        models: [{ id: 'm' }],
        choice: { titles: ['M'], quality: 'fast', why: 'best_here' },
    }),
    chooseBetter: async () => null,
};

/** @type {any} Models that are quick enough for a better result. */
export const QUICK_MODELS = {
    ...MODELS,
    chooseBetter: async () => ({
        models: [{ id: 'm' }],
        choice: { titles: ['M'], quality: 'best', why: 'best_here' },
        patienceMs: 8000,
    }),
};

export const PICTURE = Object.freeze({ kind: 'blob', blob: new Blob(['picture']) });

/**
 * @param {string} id
 * @param {any} [events]
 */
export function newJob(id, events) {
    return new Job(id, id, {}, events);
}
