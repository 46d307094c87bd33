/**
 * @file Which models the model worker has loaded, and whether more fit beside them.
 *
 * Decides: how many megabytes of weights stay in memory, and when a new worker has to start.
 */

/** Weights that may stay loaded together; a running session takes several times as much. */
const KEPT_BYTES = 100_000_000;

/** @typedef {import('../messages/model_types.js').ModelEntry} ModelEntry */
/** @typedef {import('../messages/model_types.js').Backend} Backend */

export class LoadedModels {
    /** @type {Map<string, { entry: ModelEntry, backend: Backend }>} By id. */
    #loaded = new Map();

    /** @returns {ModelEntry[]} */
    get entries() {
        return [...this.#loaded.values()].map(({ entry }) => entry);
    }

    /** @param {string} modelId */
    has(modelId) {
        return this.#loaded.has(modelId);
    }

    /**
     * @param {string} modelId
     * @returns {Backend | undefined}
     */
    backendOf(modelId) {
        return this.#loaded.get(modelId)?.backend;
    }

    /**
     * @param {ModelEntry} entry
     * @param {Backend} backend
     */
    add(entry, backend) {
        this.#loaded.set(entry.id, { entry, backend });
    }

    clear() {
        this.#loaded.clear();
    }

    /**
     * Whether these models need a new worker: one would run elsewhere than it does, or they are
     * too much beside those that are loaded.
     *
     * @param {ReadonlyMap<ModelEntry, Backend>} wanted
     * @param {boolean} hasGpu  Whether the worker can run models on WebGPU, or is still to start.
     */
    needsNewWorker(wanted, hasGpu) {
        const missing = [];
        for (const [entry, backend] of wanted) {
            const loaded = this.#loaded.get(entry.id);
            if (loaded && loaded.backend !== backend) return true;
            if (loaded) continue;
            if (backend === 'webgpu' && !hasGpu) return true;
            missing.push(entry);
        }
        const [kept, more] = [bytesOf(this.entries), bytesOf(missing)];
        return more > 0 && kept > 0 && kept + more > KEPT_BYTES;
    }
}

/** @param {readonly ModelEntry[]} entries */
function bytesOf(entries) {
    return entries.reduce((total, { bytes }) => total + bytes, 0);
}
