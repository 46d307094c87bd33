/**
 * @file The worker that holds onnxruntime-web and one model's session.
 */

import { holdLock, moved, WorkerLink } from '../messages/worker_link.js';
import { sealWorker } from '../platform/seal.js';
import { createSession } from './session.js';

const link = new WorkerLink(/** @type {any} */ (globalThis), { 'model.boot': boot });

/** @param {import('../messages/types.js').ModelBoot} body */
async function boot({ runtimeUrl, modelId, weights, port, lockName }) {
    holdLock(link, lockName);
    const session = await createSession(runtimeUrl, modelId, weights);
    const leaks = sealWorker();
    new WorkerLink(/** @type {any} */ (port), {
        'model.run': async (run) => {
            const output = await session.run(run);
            return moved(output, [output.data.buffer]);
        },
    });
    port.start();
    return { threads: session.threads, leaks };
}
