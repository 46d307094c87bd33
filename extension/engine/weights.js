/**
 * @file The weights of a model out of the package, with their sha256 checked.
 */

import { offcutError } from '../messages/failure.js';
import { api } from '../platform/browser.js';

/** @typedef {import('../messages/types.js').ModelEntry} ModelEntry */

/**
 * Read weights that are part of the package.
 *
 * @param {ModelEntry} entry
 * @returns {Promise<ArrayBuffer>}
 * @throws {import('../messages/failure.js').OffcutError}  WEIGHTS_MISMATCH.
 */
export async function readBundled(entry) {
    const response = await fetch(api.runtime.getURL(`models/weights/${entry.file}`));
    return requireIntact({ ...entry, ...entry.prepared }, await response.arrayBuffer());
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
    throw offcutError('WEIGHTS_MISMATCH', 'load_model', `${entry.file} is damaged.`, {
        model: entry.id,
        title: entry.title,
        bytes: weights.byteLength,
    });
}

/** @param {ArrayBuffer} bytes */
export async function sha256(bytes) {
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
    return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
