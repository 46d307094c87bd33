/**
 * @file A worker that compresses bands of PNG rows for Python, while Python goes on. It knows
 * nothing else of the picture.
 *
 * Decides: how bands are passed on in shared memory. How they are packed: band_packer.js.
 */

import { CHECKSUM, endBand, LENGTH, USED } from '../messages/png_bands.js';
import { holdLock, WorkerLink } from '../messages/worker_link.js';
import { sandboxWorker } from '../platform/sandbox.js';
import { BandPacker } from './band_packer.js';

/** @type {PromiseWithResolvers<import('../messages/worker_types.js').PngBoot>} */
const boot = Promise.withResolvers();
const link = new WorkerLink(/** @type {any} */ (globalThis), {
    'png.boot': (body) => boot.resolve(body),
});
const code = fetch(new URL('pack.wasm', import.meta.url));
const packer = new BandPacker(await WebAssembly.compileStreaming(code));

const { port, lockName } = await boot.promise;
holdLock(link, lockName);
port.addEventListener('message', ({ data }) => pack(data));
port.postMessage({ leaks: sandboxWorker() });
port.start();

/**
 * @param {import('../messages/worker_types.js').PngBand} band
 */
function pack({ control, output, ...band }) {
    const { bytes, checksum, length } = packer.pack(band);
    if (output.byteLength < bytes.length) output.grow(bytes.length);
    new Uint8Array(output).set(bytes);
    control[USED] = bytes.length;
    control[CHECKSUM] = checksum;
    control[LENGTH] = length;
    endBand(control);
}
