/**
 * @file A worker that packs bands of PNG rows beside Python. It knows nothing of pictures.
 */

import { sealWorker } from '../platform/seal.js';
import { BandPacker } from './band_packer.js';

const scope = /** @type {any} */ (globalThis);
const code = fetch(new URL('pack.wasm', import.meta.url));
const packer = new BandPacker(await WebAssembly.compileStreaming(code));

scope.addEventListener('message', (/** @type {MessageEvent} */ { data }) => pack(data));
scope.postMessage({ leaks: sealWorker() });

/**
 * @param {import('../messages/types.js').PngBand} band
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
