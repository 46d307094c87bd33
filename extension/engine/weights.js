/**
 * @file The weights of a model, with their sha256 checked: out of the package, or prepared with
 * what the package has for them.
 *
 * Decides: WEIGHTS_MISMATCH: nothing that is not verified is run.
 */

import { offcutError } from '../messages/failure.js';
import { api } from '../platform/browser.js';
import { applyDelta } from './delta.js';

/** @typedef {import('../messages/model_types.js').ModelEntry} ModelEntry */

/**
 * Read weights that are part of the package.
 *
 * @param {ModelEntry} entry
 * @returns {Promise<ArrayBuffer>}
 * @throws {import('../messages/failure.js').OffcutError}  WEIGHTS_MISMATCH.
 */
export async function readBundled(entry) {
    const weights = await readPackaged(`models/weights/${entry.file}`);
    return requireIntact({ ...entry, ...entry.prepared }, weights);
}

/**
 * Make of published weights what is to be run; mostly that is they themselves.
 *
 * @param {ModelEntry} entry
 * @param {ArrayBuffer} weights  Verified.
 * @returns {Promise<ArrayBuffer>}  Verified.
 * @throws {import('../messages/failure.js').OffcutError}  WEIGHTS_MISMATCH, if the package has
 *     something for them that does not fit.
 */
export async function prepare(entry, weights) {
    const { prepared } = entry;
    if (!prepared?.delta) return weights;
    const delta = await readPackaged(prepared.delta);
    try {
        return await requireIntact({ ...entry, ...prepared }, applyDelta(weights, delta));
    } catch (error) {
        if (!(error instanceof RangeError)) throw error;
        throw mismatch(entry, weights, `${prepared.delta}: ${error.message}`);
    }
}

/**
 * Nothing unverified is ever run.
 *
 * @param {ModelEntry} entry
 * @param {ArrayBuffer} weights
 * @returns {Promise<ArrayBuffer>}  The same weights.
 * @throws {import('../messages/failure.js').OffcutError}  WEIGHTS_MISMATCH.
 */
export async function requireIntact(entry, weights) {
    if ((await sha256(weights)) === entry.sha256) return weights;
    throw mismatch(entry, weights, `${entry.file} is damaged.`);
}

/**
 * @param {ModelEntry} entry
 * @param {ArrayBuffer} weights
 * @param {string} message
 */
function mismatch({ id, title }, weights, message) {
    const detail = { model: id, title, bytes: weights.byteLength };
    return offcutError('WEIGHTS_MISMATCH', 'load_model', message, detail);
}

/** @param {string} path */
async function readPackaged(path) {
    return (await fetch(api.runtime.getURL(path))).arrayBuffer();
}

/** @param {ArrayBuffer} bytes */
export async function sha256(bytes) {
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
    return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
