/** @file The checksum of zlib streams (RFC 1950). */

const BASE = 65_521;
/** So many bytes can be summed before the sums leave 32 bits. */
const MOST_AT_ONCE = 5552;

/**
 * @param {Uint8Array} bytes
 * @returns {number}  As a signed number of 32 bits.
 */
export function adler32(bytes) {
    let low = 1;
    let high = 0;
    for (let from = 0; from < bytes.length; from += MOST_AT_ONCE) {
        const to = Math.min(bytes.length, from + MOST_AT_ONCE);
        for (let at = from; at < to; at++) {
            low += /** @type {number} */ (bytes[at]);
            high += low;
        }
        low %= BASE;
        high %= BASE;
    }
    return (high << 16) | low;
}
