/**
 * @file A thread of the model's runtime: sealed before it takes part.
 *
 * Decides: nothing of its own: see sandbox.js.
 *
 * It shares the memory that holds the picture, so it may have no way out either. The runtime
 * starts with the sealing: modules are run in the order in which they are imported.
 */

import './seal_thread.js';
// biome-ignore lint/correctness/useImportExtensions: it takes the type stub for the module
import '../vendor/onnxruntime/ort-wasm-simd-threaded.mjs';
