/**
 * @file What no cutout in this browser can be faster than: the network's bare run, one copy
 * of the pixels, and the browser's own PNG encoder.
 */

const worker = new Worker('/limits_worker.js', { type: 'module' });

/** Milliseconds by name; `kind` is `inference` or `png`. */
globalThis.measure = (kind, blob) =>
    new Promise((resolve) => {
        worker.addEventListener('message', ({ data }) => resolve(data), { once: true });
        worker.postMessage({ kind, blob });
    });
