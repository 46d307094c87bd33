/**
 * @file The worker that holds Pyodide and the pipeline.
 */

import { offcutError } from '../messages/failure.js';
import { holdLock, moved, WorkerLink } from '../messages/worker_link.js';
import { sealWorker } from '../platform/seal.js';
import { openJpeg } from './jpeg_decoder.js';
import { startPngHelper } from './png_helper.js';
import { bootPython } from './python.js';
import { SessionPort } from './session_port.js';

const session = new SessionPort();
/** @type {import('./python.js').Python | null} */
let python = null;
/** @type {Int32Array | null} */
let cancelFlag = null;

const link = new WorkerLink(/** @type {any} */ (globalThis), {
    'python.boot': boot,
    'python.connect': ({ port }) => session.connect(port),
    'cutout.run': run,
});

/** @param {import('../messages/types.js').PythonBoot} body */
async function boot(body) {
    holdLock(link, body.lockName);
    cancelFlag = body.cancelFlag;
    const [booted, png] = await Promise.all([bootPython(body), startPngHelper()]);
    if (png.helper) booted.lendPngHelper(png.helper);
    python = booted;
    return { pythonVersion: python.version, leaks: [...sealWorker(), ...png.leaks] };
}

/** @param {import('../messages/types.js').CutoutRun} body */
async function run({ number, picture, request }) {
    if (!python) throw offcutError('ENGINE_LOST', 'start_python', 'Python has not started.');
    const reply = await python.cutOut(picture, request, {
        report: (stage, fraction) => link.tell('cutout.progressed', { stage, fraction }),
        openJpeg,
        isCancelled: () => cancelFlag !== null && Atomics.load(cancelFlag, 0) === number,
        run: (modelId, name, dims, data, fetch) =>
            session.run({ modelId, name, dims: Array.from(dims), data, fetch }),
    });
    return reply.ok ? moved(reply, [reply.cutout.buffer]) : reply;
}
