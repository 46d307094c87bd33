/**
 * @file The worker that holds Pyodide and the pipeline.
 *
 * Decides: which message calls what in Python, and how a cancelled run is noticed.
 */

import { offcutError } from '../messages/failure.js';
import { holdLock, WorkerLink, withTransfer } from '../messages/worker_link.js';
import { sandboxWorker } from '../platform/sandbox.js';
import { openJpeg } from './jpeg_decoder.js';
import { startPngPacker } from './png_packer.js';
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
    'cutout.run': (body) => run(body, 'cutOut'),
    'subject.find': (body) => run(body, 'findSubject'),
    'subject.preview': preview,
    'subject.save': save,
    'subject.tap': ({ number, key, request }) => started().tap(key, request, host(number)),
    'subject.back': ({ jobId, name, picture, request }) =>
        started().keepBackground(jobId, name, picture, request),
    'subject.forget': ({ jobId }) => started().forget(jobId),
});

/** @param {import('../messages/worker_types.js').PythonBoot} body */
async function boot(body) {
    holdLock(link, body.lockName);
    cancelFlag = body.cancelFlag;
    const png = startPngPacker(body.png);
    python = await bootPython(
        body,
        png.then(({ packer }) => packer),
    );
    return { pythonVersion: python.version, leaks: [...sandboxWorker(), ...(await png).leaks] };
}

function started() {
    if (!python) throw offcutError('ENGINE_LOST', 'start_python', 'Python has not started.');
    return python;
}

/**
 * @param {import('../messages/worker_types.js').CutoutRun} body
 * @param {'cutOut' | 'findSubject'} what
 */
async function run({ number, picture, request }, what) {
    const reply = await started()[what](picture, request, host(number));
    return reply.ok && reply.cutout ? withTransfer(reply, [reply.cutout.buffer]) : reply;
}

/** @param {{ key: string, request: string }} body */
async function preview({ key, request }) {
    const reply = await started().preview(key, request);
    if (!reply.ok || !reply.pixels) return reply;
    const pixels = new Uint8ClampedArray(reply.pixels.buffer);
    return withTransfer({ ...reply, pixels }, [pixels.buffer]);
}

/** @param {{ number: number, key: string, request: string }} body */
async function save({ number, key, request }) {
    const reply = await started().save(key, request, host(number));
    return reply.ok && reply.cutout ? withTransfer(reply, [reply.cutout.buffer]) : reply;
}

/**
 * @param {number} number  Of the run, by which it may be cancelled.
 * @returns {import('./python.js').Host}
 */
function host(number) {
    /** @type {import('../messages/job_types.js').FrameNumber | undefined} */
    let frame;
    return {
        report: (stage, fraction) => link.tell('cutout.progressed', { stage, fraction, frame }),
        reportFrame: (place, count) => {
            frame = [place, count];
        },
        openJpeg,
        isCancelled: () => cancelFlag !== null && Atomics.load(cancelFlag, 0) === number,
        run: (modelId, feeds, fetch) =>
            session.run({
                modelId,
                feeds: Array.from(feeds, ([name, dims, data]) => ({ name, dims, data })),
                fetch,
            }),
    };
}
