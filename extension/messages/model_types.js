/**
 * @file Records about models: what the registry says of them, what is stored, and how they run
 * on this machine. No code.
 *
 * Decides: which fields a model, its download, its GPU test and a recipe have.
 */

/** @typedef {import('./failure.js').Failure} Failure */

/**
 * One model as models/registry.json describes it; see models/registry.schema.json.
 *
 * @typedef {object} ModelEntry
 * @property {string} id
 * @property {string} title
 * @property {string} licence
 * @property {string} licence_note
 * @property {string} file
 * @property {number} bytes
 * @property {string} sha256
 * @property {ModelSource[]} sources
 * @property {boolean} bundled
 * @property {{ bytes: number, sha256: string, delta?: string }} [prepared]  Of the bundled file,
 *     if it is not the original one; or what the delta makes of weights that were added.
 * @property {number} [memory_bytes]  That a run takes, where it is much.
 * @property {ModelInput} input
 * @property {ModelOutputContract} output
 * @property {string[]} suitable_for
 * @property {Backend[]} backends  That may run it.
 * @property {boolean} exercised
 * @property {{ size: number, sha256: string[] }} [blocks]
 * @property {Prompted} [prompted]  Of a model that answers clicks, and gives no matte by itself.
 */

/**
 * @typedef {object} Prompted
 * @property {'encoder' | 'decoder'} part
 * @property {string} [encoder]  Of a decoder: the id of what sees the picture.
 * @property {string} [points]
 * @property {string} [labels]
 * @property {{ name: string, shape: number[], value: number }[]} [constants]
 * @property {boolean} [padding]
 */

/**
 * @typedef {object} ModelInput
 * @property {string} name
 * @property {'NCHW'} layout
 * @property {number} height
 * @property {number} width
 * @property {'RGB'} channel_order
 * @property {'stretch' | 'letterbox'} resize
 * @property {number} [fill]
 * @property {number} scale
 * @property {number[]} mean
 * @property {number[]} std
 */

/** @typedef {{ name: string, activation: 'none' | 'sigmoid', range: number[] }} ModelOutputContract */

/**
 * Where weights can be fetched: one file, or a list (`resources.json`) of the pieces that
 * they were cut into, found there under `key`. `hosts` are others that it redirects to.
 *
 * @typedef {{ url: string, key?: string, hosts?: string[] }} ModelSource
 */

/**
 * Weights in the store, whole or as far as they have come.
 *
 * @typedef {object} StoredFile
 * @property {string} sha256
 * @property {number} bytes
 * @property {boolean} isWhole
 * @property {'disk' | 'memory'} kept
 * @property {number} storedAt  Milliseconds since 1970.
 */

/**
 * A model as the settings page shows it.
 *
 * @typedef {object} ModelState
 * @property {ModelEntry} entry
 * @property {'absent' | 'running' | 'paused' | 'here'} status
 * @property {number} received        Bytes.
 * @property {string} host            Where they come from now; empty for a file.
 * @property {boolean} waiting        Before another try.
 * @property {number} bytesPerSecond
 * @property {'package' | 'disk' | 'memory'} kept
 * @property {number} storedAt        Milliseconds since 1970; 0 if it is not on the disk.
 * @property {number} milliseconds    What a run here is expected to take; 0 if there was none.
 * @property {PastRun[]} lastRuns     The newest first.
 * @property {Failure} [failure]      Of the last try to get it.
 * @property {GpuTest} [gpu]          Of WebGPU, where it is there and not switched off.
 */

/** @typedef {{ overlap: number, milliseconds: number }} Trial */
/** @typedef {'wasm' | 'webgpu'} Backend */
/** @typedef {{ at: number, milliseconds: number, backend: Backend }} PastRun  `at` since 1970. */

/**
 * What came of running a model on the test picture on WebGPU and on WebAssembly: with WebGPU the
 * matte is the same and there `faster` or `slower`, it `differs`, the model sees nothing in the
 * picture, so that it tells nothing (`blank`), or WebGPU has `failed`.
 *
 * @typedef {object} GpuFinding
 * @property {'faster' | 'slower' | 'differs' | 'unsteady' | 'blank' | 'failed'} outcome
 * @property {number} [difference]  Mean of the mattes' difference, in [0, 1].
 * @property {number} [gpuMs]       Of one run.
 * @property {number} [wasmMs]      Of one run.
 * @property {string} [reason]      Of the last failure, in its own words.
 */

/**
 * A finding as it is remembered.
 *
 * @typedef {GpuFinding & { sha256: string, here: string, faults: number, reason: string }} GpuTest
 */

/** @typedef {{ name: string, type?: string, shape?: readonly (number | string)[] }} TensorDescription */
/** @typedef {{ inputs: readonly TensorDescription[], outputs: readonly TensorDescription[] }} ModelInterface */
/** @typedef {{ known: string, isHere?: boolean } | ({ sha256: string, bytes: number } & ModelInterface)} FileReport */
/** @typedef {{ files: StoredFile[], described: ModelEntry[] }} StoreList */
/** @typedef {{ sha256: string, received: number, host: string, waiting: boolean }} StoreProgress */

/**
 * Models that were measured to work well together, the base first.
 *
 * @typedef {object} Recipe
 * @property {'fast' | 'best'} quality
 * @property {string[]} models
 * @property {number} runs   Of the network, if it is a single model.
 * @property {number} error  Mean absolute error of the matte on the dev pictures.
 */
/**
 * models/registry.json, as far as the engine goes by it; the schema beside it describes all.
 *
 * @typedef {object} Registry
 * @property {ModelEntry[]} models
 * @property {Recipe[]} recipes
 * @property {Record<Recipe['quality'] | 'auto', number>} patience_ms  That all runs of a job may
 *     take; of "auto", those of a better result in place of the quick one.
 */

export {};
