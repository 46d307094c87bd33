/**
 * @file The weights of a model out of the package, with their sha256 checked.
 */

import { offcutError } from '../messages/failure.js';
import { api } from '../platform/browser.js';

/**
 * @typedef {object} RegistryEntry
 * @property {string} id
 * @property {string} file
 * @property {number} bytes
 * @property {string} sha256
 */

/** @returns {Promise<string>}  The text of models/registry.json. */
export async function readRegistry() {
    const response = await fetch(api.runtime.getURL('models/registry.json'));
    return response.text();
}

/**
 * Read the weights that the registry names.
 *
 * @param {string} registry  Text of models/registry.json.
 * @param {string} modelId
 * @returns {Promise<ArrayBuffer>}
 * @throws {import('../messages/failure.js').OffcutError}  UNKNOWN_MODEL, WEIGHTS_MISMATCH.
 */
export async function readWeights(registry, modelId) {
    /** @type {RegistryEntry | undefined} */
    const entry = JSON.parse(registry).models.find(
        (/** @type {RegistryEntry} */ model) => model.id === modelId,
    );
    if (!entry) {
        throw offcutError('UNKNOWN_MODEL', 'load_model', `No model is called ${modelId}.`, {
            model: modelId,
        });
    }
    const response = await fetch(api.runtime.getURL(`models/weights/${entry.file}`));
    const weights = await response.arrayBuffer();
    if ((await sha256(weights)) !== entry.sha256) {
        throw offcutError('WEIGHTS_MISMATCH', 'load_model', `${entry.file} is damaged.`, {
            model: modelId,
            bytes: weights.byteLength,
        });
    }
    return weights;
}

/** @param {ArrayBuffer} bytes */
async function sha256(bytes) {
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
    return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
