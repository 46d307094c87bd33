/**
 * @file One convolution at a time, on one thread, and the processor's peak beside it.
 *
 * The least of some runs counts: what else the machine does can only make a run longer.
 */

const ROUNDS = 200_000;
/** Multiply-adds in a round of pages/peak.ts. */
const IN_A_ROUND = 96;
const LEAST_RUNS = 5;
const LEAST_MS = 60;
let multiplyAdds;

addEventListener('message', async ({ data: { build, address, shape } }) => {
    try {
        const peak = await measurePeak();
        postMessage({ peak, ms: await measureLayer(build, address, shape) });
    } catch (error) {
        postMessage({ error: String(error) });
    }
});

/** @returns  Multiply-adds a millisecond. */
async function measurePeak() {
    multiplyAdds ??= await loadPeak();
    const ms = least(() => multiplyAdds(ROUNDS));
    return (ROUNDS * IN_A_ROUND) / (await ms);
}

async function loadPeak() {
    const { instance } = await WebAssembly.instantiateStreaming(fetch('/peak/peak.wasm'));
    return instance.exports.multiplyAdds;
}

async function measureLayer(build, address, shape) {
    const { env, InferenceSession, Tensor } = await import(`/${build}/ort.wasm.min.mjs`);
    env.wasm.wasmPaths = `${location.origin}/${build}/`;
    env.wasm.numThreads = 1;
    const weights = await (await fetch(address)).arrayBuffer();
    const session = await InferenceSession.create(weights);
    const size = shape.reduce((product, side) => product * side, 1);
    const numbers = Float32Array.from({ length: size }, (_, at) => ((at * 7919) % 1000) / 1000);
    const feeds = { x: new Tensor('float32', numbers, shape) };
    const ms = await least(() => session.run(feeds));
    await session.release();
    return ms;
}

/** Milliseconds of the quickest of some runs. */
async function least(action) {
    let best = Infinity;
    const end = performance.now() + LEAST_MS;
    for (let run = 0; run < LEAST_RUNS || performance.now() < end; run++) {
        const start = performance.now();
        await action();
        best = Math.min(best, performance.now() - start);
    }
    return best;
}
