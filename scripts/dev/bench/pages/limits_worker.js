/** @file In a worker, as in the extension: there the main thread never computes. */

import * as ort from '/extension/vendor/onnxruntime/ort.wasm.min.mjs';

const SIDE = 320;
/** @type {ort.InferenceSession | undefined} */
let session;

addEventListener('message', async ({ data: { kind, blob } }) => {
    postMessage(kind === 'inference' ? await inference() : await png(blob));
});

async function inference() {
    session ??= await load();
    const feeds = {
        'input.1': new ort.Tensor('float32', new Float32Array(3 * SIDE * SIDE).fill(0.5), [
            1,
            3,
            SIDE,
            SIDE,
        ]),
    };
    const start = performance.now();
    await session.run(feeds, ['1959']);
    return { inference: performance.now() - start };
}

async function load() {
    ort.env.wasm.wasmPaths = `${location.origin}/extension/vendor/onnxruntime/`;
    ort.env.wasm.numThreads = navigator.hardwareConcurrency;
    ort.env.logLevel = 'error';
    const weights = await (await fetch('/extension/models/weights/u2netp.onnx')).arrayBuffer();
    return ort.InferenceSession.create(weights, { executionProviders: ['wasm'] });
}

/** A cutout's pixels once more: a bare copy, and a PNG by the browser's canvas. */
async function png(blob) {
    const bitmap = await createImageBitmap(blob, { premultiplyAlpha: 'none' });
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
    const context = canvas.getContext('2d', { willReadFrequently: true });
    context.drawImage(bitmap, 0, 0);
    const pixels = context.getImageData(0, 0, bitmap.width, bitmap.height);
    const target = new Uint8ClampedArray(pixels.data.length);
    let start = performance.now();
    target.set(pixels.data);
    const copy = performance.now() - start;
    start = performance.now();
    const encoded = await canvas.convertToBlob({ type: 'image/png' });
    return { copy, png: performance.now() - start, bytes: encoded.size };
}
