/**
 * @file The worker that holds Pyodide and the pipeline.
 *
 * Decides: which message calls what in Python, how a cancelled run is noticed, and that nobody hears
 * of a job before its turn.
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
/** @type {{ request: string, turn: Turn } | null} The job that is begun ahead of its turn. */
let ahead = null;

/**
 * The run that Python works for; without a number until it is its turn.
 *
 * @typedef {{ number?: number, last?: import('../messages/worker_types.js').CutoutProgress }} Turn
 */

const link = new WorkerLink(/** @type {any} */ (globalThis), {
    'python.boot': boot,
    'python.connect': ({ port }) => session.connect(port),
    'cutout.prepare': prepare,
    'cutout.run': (body) => run(body, 'cutOut'),
    'subject.find': (body) => run(body, 'findSubject'),
    'subject.preview': preview,
    'subject.save': save,
    'subject.tap': ({ number, key, request }) => started().tap(key, request, host({ number })),
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

/** @param {import('../messages/worker_types.js').CutoutPreparation} body */
function prepare({ picture, request }) {
    ahead = { request, turn: {} };
    started().prepare(picture, request, host(ahead.turn));
}

/**
 * @param {import('../messages/worker_types.js').CutoutRun} body
 * @param {'cutOut' | 'findSubject'} what
 */
async function run({ number, picture, request }, what) {
    /** @type {Turn} */
    let turn = {};
    if (what === 'cutOut') {
        if (ahead?.request === request) turn = ahead.turn;
        ahead = null;
    }
    turn.number = number;
    if (turn.last) link.tell('cutout.progressed', turn.last);
    const reply = await started()[what](picture, request, host(turn));
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
    const reply = await started().save(key, request, host({ number }));
    return reply.ok && reply.cutout ? withTransfer(reply, [reply.cutout.buffer]) : reply;
}

/**
 * @param {Turn} turn  Its number is that by which it may be cancelled.
 * @returns {import('./python.js').Host}
 */
function host(turn) {
    /** @type {import('../messages/job_types.js').FrameNumber | undefined} */
    let frame;
    return {
        report: (stage, fraction) => {
            turn.last = { stage, fraction, frame };
            if (turn.number !== undefined) link.tell('cutout.progressed', turn.last);
        },
        reportFrame: (place, count) => {
            frame = [place, count];
        },
        openJpeg,
        isCancelled: () => cancelFlag !== null && Atomics.load(cancelFlag, 0) === turn.number,
        run: (modelId, feeds, fetch) => {
            const answer = session.run({
                modelId,
                feeds: Array.from(feeds, ([name, dims, data]) => ({ name, dims, data })),
                fetch,
            });
            answer.catch(() => undefined); // that of a job ahead of its turn is awaited later
            return answer;
        },
    };
}
