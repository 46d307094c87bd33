/** @file Bare networks, each in a model worker of the extension's, but outside of it. */

import { WorkerLink } from '/extension/messages/worker_link.js';

const ignore = () => undefined;
/** Links to the workers, by the address of their weights. */
const links = new Map();

/**
 * Run a network once: milliseconds of the run, and of the loading where this is the first run,
 * and the output as float32 in Base64.
 */
globalThis.measure = async (weights, input, { name, dims, fetch }) => {
    const load = links.has(weights) ? 0 : await open(weights);
    const data = new Float32Array(await read(input));
    const started = performance.now();
    const run = { modelId: weights, feeds: [{ name, dims, data }], fetch };
    const output = await links.get(weights).request('model.run', run, [data.buffer]);
    const ms = performance.now() - started;
    const bytes = new Uint8Array(output.data.buffer);
    return { load, ms, output: bytes.toBase64() };
};

async function open(address) {
    const worker = new Worker('/extension/model/main.js', { type: 'module' });
    const link = new WorkerLink(worker, { 'worker.started': ignore, 'model.ran': ignore });
    worker.onerror = ({ message }) => link.break(new Error(`the model's worker: ${message}`));
    const { port1: port } = new MessageChannel();
    await link.request(
        'model.boot',
        {
            runtimeUrl: `${location.origin}/extension/vendor/onnxruntime/`,
            port,
            lockName: address,
        },
        [port],
    );
    const weights = await read(address);
    const started = performance.now();
    await link.request('model.load', { modelId: address, weights, backend: 'wasm' }, [weights]);
    links.set(address, link);
    return performance.now() - started;
}

async function read(address) {
    return (await fetch(address)).arrayBuffer();
}
