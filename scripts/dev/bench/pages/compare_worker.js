/** @file One build of onnxruntime-web in a worker of its own; each message is a run. */

const folder = new URL(location.href).searchParams.get('folder');
const threads = Number(new URL(location.href).searchParams.get('threads'));
let session;

async function open() {
    const { env, InferenceSession } = await import(`${location.origin}/${folder}/ort.wasm.min.mjs`);
    env.wasm.wasmPaths = `${location.origin}/${folder}/`;
    env.wasm.numThreads = threads;
    const weights = await (await fetch('/weights/u2netp.onnx')).arrayBuffer();
    return InferenceSession.create(weights);
}

/** The same numbers for every build, spread like a picture's. */
async function input() {
    const { Tensor } = await import(`${location.origin}/${folder}/ort.wasm.min.mjs`);
    let seed = 7;
    const next = () => {
        seed = (seed * 16807) % 2147483647;
        return (seed / 2147483647) * 4 - 2;
    };
    const data = Float32Array.from({ length: 3 * 320 * 320 }, next);
    return new Tensor('float32', data, [1, 3, 320, 320]);
}

addEventListener('message', async () => {
    try {
        session ??= await open();
        const feeds = { 'input.1': await input() };
        const started = performance.now();
        const outputs = await session.run(feeds, ['1959']);
        const ms = performance.now() - started;
        postMessage({ ms, output: new Uint8Array(outputs['1959'].data.buffer).toBase64() });
    } catch (error) {
        postMessage({ error: String(error) });
    }
});
