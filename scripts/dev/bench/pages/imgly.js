/** @file The rival as its own documentation uses it; bundled by `bench/rivals.py`. */

import { removeBackground } from '@imgly/background-removal';

const CONFIG = { publicPath: `${location.origin}/data/`, debug: false };

/** Milliseconds from the picture's bytes to the cutout's. */
globalThis.measure = async (blob, model) => {
    const start = performance.now();
    const cutout = await removeBackground(blob, { ...CONFIG, model });
    return { ms: performance.now() - start, bytes: cutout.size };
};
