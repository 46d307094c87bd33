/**
 * @file A model out of a file of the user's: known by its hash, or described by the user and
 * then tried before it is accepted.
 *
 * Decides: which files are refused (too large, damaged, no ONNX), when a model is taken without a
 * form, how much of the test picture it must see.
 */

import { offcutError } from '../messages/failure.js';
import { readRegistry } from './registry.js';
import { sha256 } from './weights.js';

/** Larger networks do not fit into WebAssembly's four gigabytes together with their tensors. */
const MAX_BYTES = 500_000_000;
/** Overlap with the test picture's ball from which on a model counts as seeing it. */
const SEEN = 0.5;

/** @typedef {import('../messages/model_types.js').ModelEntry} ModelEntry */
/** @typedef {import('../messages/model_types.js').FileReport} FileReport */
/** @typedef {import('./models.js').Models} Models */
/** @typedef {import('./workers.js').Workers} Workers */

/**
 * Look at a file; if the registry knows it, add it. One that was added before is known as well.
 *
 * @param {{ file: Blob }} body
 * @param {Models} models
 * @param {Workers} workers
 * @returns {Promise<FileReport>}
 * @throws {import('../messages/failure.js').OffcutError}  EMPTY_FILE, NOT_A_MODEL,
 *     WEIGHTS_MISMATCH, MODEL_UNFIT.
 */
export async function inspectFile({ file }, models, workers) {
    if (file.size === 0) throw offcutError('EMPTY_FILE', 'load_model', 'The file is empty.');
    const entries = (await readRegistry()).models;
    const weights = await readBounded(file);
    const hash = await sha256(weights);
    const known = entries.find((entry) => entry.sha256 === hash);
    if (known) {
        if (!known.bundled) await models.add(known, file);
        return { known: known.title };
    }
    const own = (await models.states()).find(({ entry }) => entry.sha256 === hash);
    if (own?.status === 'here') return { known: own.entry.title, isHere: true };
    const alike = entries.find((entry) => entry.bytes === file.size);
    if (alike) {
        throw offcutError('WEIGHTS_MISMATCH', 'load_model', `The file is a damaged ${alike.id}.`, {
            model: alike.id,
            title: alike.title,
        });
    }
    requireOnnx(new Uint8Array(weights, 0, Math.min(8, weights.byteLength)));
    return { sha256: hash, bytes: file.size, ...(await workers.inspect(weights)) };
}

/**
 * Try a model that the user has described; keep it if it does what the description says.
 *
 * @param {{ file: Blob, entry: ModelEntry, anyway: boolean }} body
 * @param {Models} models
 * @param {Workers} workers
 * @returns {Promise<{ added: boolean, overlap: number, milliseconds: number }>}
 */
export async function addFile({ file, entry, anyway }, models, workers) {
    const weights = await readBounded(file);
    const described = { ...entry, bytes: file.size, sha256: await sha256(weights) };
    const tried = await workers.tryModel(described, weights);
    const added = anyway || tried.overlap >= SEEN;
    if (added) await models.add(described, file);
    return { added, ...tried };
}

/** @param {Blob} file */
async function readBounded(file) {
    if (file.size <= MAX_BYTES) return file.arrayBuffer();
    throw offcutError('MODEL_UNFIT', 'load_model', 'The file is too large.', {
        title: '',
        reason: `${Math.round(file.size / 1e6)} MB > ${MAX_BYTES / 1e6} MB`,
    });
}

/**
 * ONNX is a protocol buffer, and the first field that exporters write is its version.
 *
 * @param {Uint8Array} head
 */
function requireOnnx(head) {
    if (head[0] === 0x08 && (head[1] ?? 0) < 0x40) return;
    const isZip = head[0] === 0x50 && head[1] === 0x4b;
    throw offcutError('NOT_A_MODEL', 'load_model', 'The file is no ONNX model.', {
        kind: isZip ? 'zip' : 'other',
    });
}
