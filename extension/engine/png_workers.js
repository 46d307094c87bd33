/**
 * @file Starts the workers that pack PNG rows for Python, and ends them with it.
 *
 * Decides: how many (two at most, none without shared memory).
 *
 * They are not Python's own children: on a busy machine a Python worker with workers of its own
 * was seen to outlive its end, with half a gigabyte of memory (Chromium 156).
 */

/** While two pack, Python paints the next bands; more would wait for it. */
const MOST_WORKERS = 2;

export class PngWorkers {
    #workers;
    /** Python's ends; none without shared memory, in which the rows pass. */
    ports;

    constructor() {
        const most = Math.min(MOST_WORKERS, navigator.hardwareConcurrency);
        const count = globalThis.crossOriginIsolated ? most : 0;
        this.#workers = Array.from({ length: count }, newWorker);
        this.ports = this.#workers.map((worker) => {
            const { port1, port2 } = new MessageChannel();
            worker.postMessage({ port: port2 }, [port2]);
            return port1;
        });
    }

    /** End them and their memory. */
    end() {
        for (const worker of this.#workers) worker.terminate();
    }
}

function newWorker() {
    const script = new URL('../png/main.js', import.meta.url);
    const worker = new Worker(script, { type: 'module', name: 'png' });
    // Python learns of it by its port, which closes.
    worker.addEventListener('error', () => worker.terminate());
    return worker;
}
