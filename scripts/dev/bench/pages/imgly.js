/** @file The rival as its own documentation uses it; bundled by `bench/rivals.py`. */

import { removeBackground, segmentForeground } from '@imgly/background-removal';

const CONFIG = { publicPath: `${location.origin}/data/`, debug: false };

/** Milliseconds from the picture's bytes to the cutout's. */
globalThis.measure = async (blob, model) => {
    const start = performance.now();
    const cutout = await removeBackground(blob, { ...CONFIG, model });
    return { ms: performance.now() - start, bytes: cutout.size };
};

/** The matte in the picture's size, 8 bits a pixel, in Base64. */
globalThis.segment = async (blob, model) => {
    const output = { format: 'image/x-alpha8' };
    const matte = await segmentForeground(blob, { ...CONFIG, model, output });
    return { matte: (await matte.bytes()).toBase64() };
};
