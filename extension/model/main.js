/**
 * @file The worker that runs the models, with the build of onnxruntime-web for WebAssembly.
 *
 * Decides: nothing of its own: see serve_models.js and sessions.js.
 */

// biome-ignore lint/correctness/useImportExtensions: it takes the type stub for the module
import * as ort from '../vendor/onnxruntime/ort.wasm.min.mjs';
import { serveModels } from './serve_models.js';

serveModels(ort, new URL('thread.js', import.meta.url));
