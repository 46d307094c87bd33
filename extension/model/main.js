/**
 * @file The worker that holds onnxruntime-web and the sessions of the loaded models.
 */

// biome-ignore lint/correctness/useImportExtensions: it takes the type stub for the module
import * as ort from '../vendor/onnxruntime/ort.wasm.min.mjs';
import { serveModels } from './serve_models.js';

serveModels(ort);
