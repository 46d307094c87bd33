/**
 * @file The same worker with the build of onnxruntime-web that has WebGPU, too. It is larger,
 * so only who has a model that runs on WebGPU gets it.
 */

// biome-ignore lint/correctness/useImportExtensions: it takes the type stub for the module
import * as ort from '../vendor/onnxruntime/ort.jspi.min.mjs';
import { serveModels } from './serve_models.js';

serveModels(ort);
