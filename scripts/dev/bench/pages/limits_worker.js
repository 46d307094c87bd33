/** @file In a worker, as in the extension: there the main thread never computes. */

const SIDE = 320;
/** onnxruntime-web as it is published, and with the matrix kernels that our build puts in. */
const RUNTIMES = { inference: '/published/', 'own inference': '/extension/vendor/onnxruntime/' };
const sessions = new Map();

addEventListener('message', async ({ data: { kind, blob } }) => {
    try {
        postMessage(kind === 'png' ? await png(blob) : await inference(RUNTIMES[kind]));
    } catch (error) {
        postMessage({ error: String(error) });
    }
});

async function inference(folder) {
    if (!sessions.has(folder)) sessions.set(folder, await load(folder));
    const { ort, session } = sessions.get(folder);
    const pixels = new Float32Array(3 * SIDE * SIDE).fill(0.5);
    const feeds = { 'input.1': new ort.Tensor('float32', pixels, [1, 3, SIDE, SIDE]) };
    const start = performance.now();
    await session.run(feeds, ['1959']);
    return { inference: performance.now() - start };
}

async function load(folder) {
    const ort = await import(`${folder}ort.wasm.min.mjs`);
    ort.env.wasm.wasmPaths = `${location.origin}${folder}`;
    ort.env.wasm.numThreads = navigator.hardwareConcurrency;
    ort.env.logLevel = 'error';
    const weights = await (await fetch('/extension/models/weights/u2netp.onnx')).arrayBuffer();
    const session = await ort.InferenceSession.create(weights, { executionProviders: ['wasm'] });
    return { ort, session };
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
