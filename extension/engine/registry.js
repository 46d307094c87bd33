/**
 * @file models/registry.json as the engine sees it: which models there are, and which sets of
 * them were measured to work well together.
 *
 * Decides: UNKNOWN_MODEL. Which models there are is data: models/registry.json.
 */

import { offcutError } from '../messages/failure.js';
import { api } from '../platform/browser.js';

/** @typedef {import('../messages/model_types.js').ModelEntry} ModelEntry */
/** @typedef {import('../messages/model_types.js').Registry} Registry */

/** @type {Promise<Registry> | undefined} */
let registry;

/** @returns {Promise<Registry>} */
export function readRegistry() {
    registry ??= fetch(api.runtime.getURL('models/registry.json')).then((file) => file.json());
    return registry;
}

/**
 * @param {readonly ModelEntry[]} models
 * @param {string} modelId
 * @returns {ModelEntry}
 * @throws {import('../messages/failure.js').OffcutError}  UNKNOWN_MODEL.
 */
export function findModel(models, modelId) {
    const entry = models.find((model) => model.id === modelId);
    if (entry) return entry;
    throw offcutError('UNKNOWN_MODEL', 'load_model', `No model here is called ${modelId}.`, {
        model: modelId,
    });
}
