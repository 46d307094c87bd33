/**
 * @file The worker that packs bands of PNG rows beside Python. It knows nothing of pictures.
 */

import { sealWorker } from '../platform/seal.js';
import { adler32 } from './adler32.js';
import { filterRows } from './filter_rows.js';
import { mostBytes, RunDeflate } from './run_deflate.js';

const scope = /** @type {any} */ (globalThis);
const deflate = new RunDeflate();
let filtered = new Uint8Array(0);

scope.addEventListener('message', (/** @type {MessageEvent} */ { data }) => pack(data));
scope.postMessage({ leaks: sealWorker() });

/**
 * @param {import('../messages/types.js').PngBand} band
 */
function pack({ control, output, ...band }) {
    const { PACKED, STATE, USED, CHECKSUM, LENGTH } = band.fields;
    const most = band.rows.length + band.rows.length / band.rowBytes;
    if (filtered.length < most) filtered = new Uint8Array(most);
    const length = filterRows(band, filtered);
    const bytes = filtered.subarray(0, length);
    if (mostBytes(length) > output.byteLength) throw new RangeError('no room for the packed band');
    control[USED] = deflate.pack(bytes, new Uint8Array(output));
    control[CHECKSUM] = adler32(bytes);
    control[LENGTH] = length;
    Atomics.store(control, STATE, PACKED);
    Atomics.notify(control, STATE);
}
