/**
 * @file The messages that the model worker serves, with either build of onnxruntime-web.
 *
 * Decides: which message runs, loads or inspects a model; how a run is timed; when the sandbox
 * closes.
 */

import { holdLock, WorkerLink, withTransfer } from '../messages/worker_link.js';
import { sandboxWorker } from '../platform/sandbox.js';
import { Sessions } from './sessions.js';

/**
 * @param {import('./sessions.js').Runtime} ort
 * @param {URL} thread  The script of its threads.
 */
export function serveModels(ort, thread) {
    const sessions = new Sessions(ort);
    /** @type {Promise<unknown>} On WebGPU a session takes no second run before the first is over. */
    let running = Promise.resolve();
    // Python asks over its port. The engine, when it tests a model, asks over the worker itself.
    const shared = {
        'model.run': (/** @type {import('../messages/worker_types.js').ModelRun} */ run) => {
            const answer = running.then(() => runTimed(run));
            running = answer.catch(() => undefined);
            return answer;
        },
    };
    /** @type {WorkerLink} */
    const link = new WorkerLink(/** @type {any} */ (globalThis), {
        'model.boot': boot,
        'model.connect': ({ port }) => connect(port),
        'model.load': ({ modelId, weights, backend }) => sessions.load(modelId, weights, backend),
        'model.inspect': ({ weights }) => sessions.inspect(weights),
        ...shared,
    });

    /** @param {import('../messages/worker_types.js').ModelRun} run */
    async function runTimed(run) {
        const started = performance.now();
        const output = await sessions.run(run);
        const milliseconds = performance.now() - started;
        link.tell('model.ran', { modelId: run.modelId, milliseconds });
        return withTransfer(output, [output.data.buffer]);
    }

    /** @param {import('../messages/worker_types.js').ModelBoot} body */
    async function boot({ runtimeUrl, port, lockName }) {
        holdLock(link, lockName);
        startAsThreads(thread);
        const threads = await sessions.start(runtimeUrl);
        const leaks = sandboxWorker();
        connect(port);
        return { threads, leaks };
    }

    /** @param {MessagePort} port  To Python. */
    function connect(port) {
        new WorkerLink(/** @type {any} */ (port), shared);
        port.start();
    }
}

/**
 * Let every worker that the runtime starts be one of ours, which is sealed.
 *
 * @param {URL} script
 */
function startAsThreads(script) {
    // The sandbox removes it once the threads have started.
    globalThis.Worker = class extends Worker {
        /** @param {string | URL} _  @param {WorkerOptions} [options] */
        constructor(_, options) {
            super(script, options);
        }
    };
}
