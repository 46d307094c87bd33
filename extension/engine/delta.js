/**
 * @file Makes one file out of another and what differs: how prepared weights are kept small.
 * py/offcut/weights/delta.py does the same and describes the format.
 *
 * Decides: only whether a delta fits.
 */

const MAGIC = 'OFFDELTA';
const HEADER_BYTES = 16;
const PART_BYTES = 12;

/**
 * Make the target.
 *
 * @param {ArrayBuffer} source  The file that the delta was made for.
 * @param {ArrayBuffer} delta
 * @returns {ArrayBuffer}
 * @throws {RangeError}  If the delta is none, or does not fit to this source.
 */
export function applyDelta(source, delta) {
    // Numbers and pieces beyond an end are RangeErrors by themselves.
    const view = new DataView(delta);
    const numberAt = (/** @type {number} */ at) => view.getUint32(at, true);
    const begin = new TextDecoder().decode(delta.slice(0, MAGIC.length));
    if (delta.byteLength < HEADER_BYTES || begin !== MAGIC) throw new RangeError('it is no delta');
    const before = numberAt(8);
    if (before !== source.byteLength) {
        throw new RangeError(`it is for a file of ${before} bytes, not of ${source.byteLength}`);
    }
    const target = new Uint8Array(numberAt(12));
    let written = 0;
    const copy = (/** @type {Uint8Array} */ bytes) => {
        target.set(bytes, written);
        written += bytes.length;
    };
    for (let at = HEADER_BYTES; at < delta.byteLength; ) {
        const fresh = numberAt(at + 8);
        copy(new Uint8Array(source, numberAt(at), numberAt(at + 4)));
        copy(new Uint8Array(delta, at + PART_BYTES, fresh));
        at += PART_BYTES + fresh;
    }
    if (written !== target.length) {
        throw new RangeError(`it does not make up a file of ${target.length} bytes`);
    }
    return target.buffer;
}
