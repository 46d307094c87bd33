/**
 * @file The worker that fetches, verifies and stores the weights of models. It has access to the
 * network and the disk, and never gets a picture.
 *
 * Decides: what is kept in memory where there is no disk (private windows), that a file is fetched
 * once at a time, how often progress is told.
 */

import { offcutError } from '../messages/failure.js';
import { holdLock, WorkerLink, withTransfer } from '../messages/worker_link.js';
import { fetchWeights } from './fetch_weights.js';
import { tellRequestsTo } from './note_request.js';
import { MemoryPart } from './part_file.js';
import { VerifiedWriter } from './verified_writer.js';
import {
    finishPart,
    listFiles,
    openPart,
    readDescriptions,
    readWhole,
    removeFile,
    writeDescription,
} from './weight_files.js';

const PROGRESS_MS = 150;

/** @typedef {import('../messages/model_types.js').ModelEntry} ModelEntry */
/** @typedef {import('./part_file.js').PartFile} PartFile */

/** @type {Map<string, PartFile>} Whole files that could not be stored, by SHA-256. */
const inMemory = new Map();
/** @type {Map<string, { stop: AbortController, over: Promise<unknown> }>} */
const running = new Map();

const link = new WorkerLink(/** @type {any} */ (globalThis), {
    'store.boot': ({ lockName }) => holdLock(link, lockName),
    'store.list': list,
    'store.fetch': ({ entry }) =>
        runOnce(entry, (writer, signal) =>
            fetchWeights(entry, writer, signal, progressReporter(entry)),
        ),
    'store.import': ({ entry, file }) =>
        runOnce(entry, (writer, signal) => copyFrom(entry, file, writer, signal)),
    'store.stop': stop,
    'store.read': read,
    'store.remove': remove,
});

tellRequestsTo((request) => link.tell('store.asked', request));

async function list() {
    const held = [...inMemory].map(([sha256, part]) => ({
        sha256,
        bytes: part.size,
        isWhole: true,
        kept: part.kept,
        storedAt: 0,
    }));
    const [files, described] = await Promise.all([listFiles(), readDescriptions()]);
    return { files: [...files, ...held], described };
}

/**
 * Complete one file; a second request for the same file is refused.
 *
 * @param {ModelEntry} entry
 * @param {(writer: VerifiedWriter, signal: AbortSignal) => Promise<void>} work
 */
function runOnce(entry, work) {
    if (running.has(entry.sha256)) {
        throw offcutError('INTERNAL', 'load_model', `${entry.id} is being fetched already.`);
    }
    const stop = new AbortController();
    const over = complete(entry, stop.signal, work).finally(() => running.delete(entry.sha256));
    running.set(entry.sha256, { stop, over });
    return over;
}

/**
 * @param {ModelEntry} entry
 * @param {AbortSignal} signal
 * @param {(writer: VerifiedWriter, signal: AbortSignal) => Promise<void>} work
 */
async function complete(entry, signal, work) {
    const writer = await VerifiedWriter.open(entry, await openOrBegin(entry));
    try {
        await work(writer, signal);
    } finally {
        writer.part.close();
    }
    if (writer.part.kept === 'memory') {
        await removeFile(entry.sha256).catch((error) => console.warn('a part is left:', error));
        inMemory.set(entry.sha256, writer.part);
        return { kept: 'memory' };
    }
    if (!entry.sources.length) await writeDescription(entry);
    await finishPart(entry.sha256);
    return { kept: 'disk' };
}

/**
 * @param {ModelEntry} entry
 * @returns {Promise<PartFile>}
 */
async function openOrBegin(entry) {
    try {
        return await openPart(entry.sha256);
    } catch (error) {
        // Some private windows have no such file system: keep the weights in memory.
        console.info('weights are kept in memory:', error);
        return new MemoryPart(entry.bytes);
    }
}

/**
 * Copy the weights from a file of the user's.
 *
 * @param {ModelEntry} entry
 * @param {Blob} file
 * @param {VerifiedWriter} writer
 * @param {AbortSignal} signal
 */
async function copyFrom(entry, file, writer, signal) {
    writer.restart();
    const onProgress = progressReporter(entry);
    for await (const bytes of /** @type {any} */ (file.stream())) {
        signal.throwIfAborted();
        writer.append(bytes);
        onProgress({ received: writer.size, host: '', waiting: false });
    }
    if (writer.isComplete && writer.verify()) return;
    throw offcutError('WEIGHTS_MISMATCH', 'load_model', 'The file changed while it was read.', {
        title: entry.title,
    });
}

/** @param {{ sha256: string }} body */
async function stop({ sha256 }) {
    const work = running.get(sha256);
    work?.stop.abort();
    await work?.over.catch(() => undefined);
}

/** @param {{ sha256: string }} body */
async function read({ sha256 }) {
    const part = inMemory.get(sha256);
    const weights = part ? part.read(0, part.size).buffer : await readWhole(sha256);
    return withTransfer({ weights }, weights ? [weights] : []);
}

/** @param {{ sha256: string }} body */
async function remove({ sha256 }) {
    await stop({ sha256 });
    inMemory.delete(sha256);
    await removeFile(sha256);
}

/**
 * Tells where it stands now and then, and also where it stands when nothing more comes.
 *
 * @param {ModelEntry} entry
 * @returns {import('./fetch_weights.js').OnProgress}
 */
function progressReporter({ sha256, bytes }) {
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let timer;
    /** @type {Parameters<import('./fetch_weights.js').OnProgress>[0]} */
    let latest;
    const tell = () => {
        clearTimeout(timer);
        timer = undefined;
        link.tell('store.progressed', { sha256, ...latest });
    };
    return (state) => {
        latest = state;
        if (state.received >= bytes || state.waiting) tell();
        else timer ??= setTimeout(tell, PROGRESS_MS);
    };
}
