/**
 * @file Starts the workers that pack PNG rows for Python, and ends them with it.
 *
 * Decides: how many (two at most, none without shared memory).
 *
 * They are not Python's own children: on a busy machine a Python worker with workers of its own
 * was seen to outlive its end, with half a gigabyte of memory (Chromium 156).
 *
 * Python does not await while it waits for them, so no message can tell it that one has died: the
 * engine writes that into the memory that Python waits on.
 */

import { loseWorker, newControls } from '../messages/png_bands.js';
import { WorkerHandle } from './worker_handle.js';

/** While two pack, Python paints the next bands; more would wait for it. */
const MOST_WORKERS = 2;

export class PngWorkers {
    #workers;
    /** @type {import('../messages/worker_types.js').PngLink[]} None without shared memory. */
    links;

    constructor() {
        const most = Math.min(MOST_WORKERS, navigator.hardwareConcurrency);
        const count = globalThis.crossOriginIsolated ? most : 0;
        const begun = Array.from({ length: count }, startWorker);
        this.#workers = begun.map(({ worker }) => worker);
        this.links = begun.map(({ link }) => link);
    }

    /** End them and their memory. */
    end() {
        const error = new Error('Python has ended.');
        for (const worker of this.#workers) worker.end(error);
    }
}

function startWorker() {
    const { port1, port2 } = new MessageChannel();
    const controls = newControls();
    const script = new URL('../png/main.js', import.meta.url);
    const worker = new WorkerHandle('png', script, {}, () => loseWorker(controls));
    const boot = { port: port2, lockName: worker.lockName };
    worker.link.request('png.boot', boot, [port2]).catch(() => undefined);
    return { worker, link: { port: port1, controls } };
}
