/**
 * @file The worker that runs the models, with the build of onnxruntime-web for WebAssembly.
 */

// biome-ignore lint/correctness/useImportExtensions: it takes the type stub for the module
import * as ort from '../vendor/onnxruntime/ort.wasm.min.mjs';
import { serveModels } from './serve_models.js';

serveModels(ort);
