/**
 * @file What the browser needs for nothing but the parts: the network's bare run, one copy of
 * the pixels, and its own PNG encoder.
 */

import { askWorker } from './ask_worker.js';

const worker = new Worker('/limits_worker.js', { type: 'module' });

/** Milliseconds by name; `kind` is `inference`, `own inference` or `png`. */
globalThis.measure = (kind, blob) => askWorker(worker, { kind, blob });
