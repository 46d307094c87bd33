/**
 * @file The worker that runs the models, with the build of onnxruntime-web that has WebGPU too. It
 * is larger, so it starts only if a model is to run on WebGPU.
 *
 * Decides: nothing of its own: see serve_models.js and sessions.js. When it is started instead of
 * main.js is decided in engine/gpu.js.
 */

// biome-ignore lint/correctness/useImportExtensions: it takes the type stub for the module
import * as ort from '../vendor/onnxruntime/ort.jspi.min.mjs';
import { serveModels } from './serve_models.js';

serveModels(ort, new URL('thread_gpu.js', import.meta.url));
