/**
 * @file A thread of the model's runtime in its build with WebGPU: sealed before it takes part.
 *
 * Decides: nothing of its own: see thread.js.
 */

import './seal_thread.js';
// biome-ignore lint/correctness/useImportExtensions: it takes the type stub for the module
import '../vendor/onnxruntime/ort-wasm-simd-threaded.jspi.mjs';
