/** @file An engine whose workers, models and downloads are fakes, for tests of jobs and pages. */

import assert from 'node:assert/strict';
import { Engine } from '../../extension/engine/engine.js';
import {
    CUT_OUT,
    deferred,
    fakePort,
    fakeWorkers,
    MODELS,
    PICTURE,
    pass,
    settle,
} from './engine_fakes.js';

/**
 * An engine with fakes around it, and what the test does to them.
 *
 * @param {any} [models]
 */
export function begin(models = MODELS) {
    const fakes = fakeWorkers();
    /** @type {Map<string, any[]>} What went over each page's message channel. */
    const channels = new Map();
    /** @type {number[]} */
    const active = [];
    /** @type {ReturnType<typeof deferred>[]} */
    const fetches = [];
    const engine = new Engine({
        workers: fakes.workers,
        models,
        channels: {
            post: (name, answer) => {
                channels.get(name)?.push(answer);
                return channels.has(name);
            },
            close: (name) => channels.delete(name),
        },
        fetchPicture: (source) => {
            if (source.kind === 'blob') return Promise.resolve(source.blob);
            const fetching = deferred();
            fetches.push(fetching);
            return fetching.promise;
        },
        onActive: (count) => active.push(count),
        onUnfollowed: () => fakes.log.push('unfollowed'),
    });
    /** @param {string} jobId @param {object} [more] */
    const open = (jobId, more) => {
        const settings = { keepWarmMinutes: 0, webgpu: false };
        engine.open(/** @type {any} */ ({ jobId, name: jobId, settings, ...more }));
    };
    /** @param {string} name */
    const connect = (name) => {
        const port = fakePort(name);
        engine.connect(port.end);
        return port;
    };
    return { engine, open, connect, channels, active, fetches, ...fakes };
}

/**
 * A job `a` that is done, and the page that shows it.
 *
 * @param {any} [models]
 * @param {object} [more]
 */
export async function beginDone(models = MODELS, more = {}) {
    const all = begin(models);
    all.open('a', { source: PICTURE, ...more });
    const page = all.connect('job:a');
    await settle();
    all.runs[0].resolve(CUT_OUT);
    await pass(100);
    assert.equal(page.last().state, 'done');
    return { ...all, page };
}
