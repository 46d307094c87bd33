/**
 * @file A worker that compresses bands of PNG rows for Python, while Python goes on. It knows
 * nothing else of the picture.
 *
 * Decides: how bands are passed on in shared memory. How they are packed: band_packer.js.
 */

import { sandboxWorker } from '../platform/sandbox.js';
import { BandPacker } from './band_packer.js';

const scope = /** @type {any} */ (globalThis);
/** @type {Promise<MessagePort>} To Python; the only message that the engine sends here. */
const portToPython = new Promise((resolve) => {
    scope.addEventListener('message', (/** @type {MessageEvent} */ { data }) => resolve(data.port));
});
const code = fetch(new URL('pack.wasm', import.meta.url));
const packer = new BandPacker(await WebAssembly.compileStreaming(code));

const port = await portToPython;
port.addEventListener('message', ({ data }) => pack(data));
port.postMessage({ leaks: sandboxWorker() });
port.start();

/**
 * @param {import('../messages/worker_types.js').PngBand} band
 */
function pack({ control, output, fields, ...band }) {
    const { PACKED, STATE, USED, CHECKSUM, LENGTH } = fields;
    const { bytes, checksum, length } = packer.pack(band);
    if (output.byteLength < bytes.length) output.grow(bytes.length);
    new Uint8Array(output).set(bytes);
    control[USED] = bytes.length;
    control[CHECKSUM] = checksum;
    control[LENGTH] = length;
    Atomics.store(control, STATE, PACKED);
    Atomics.notify(control, STATE);
}
