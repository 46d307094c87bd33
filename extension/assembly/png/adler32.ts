/** @file The checksum of zlib streams (RFC 1950), sixteen bytes at once. */

const BASE: u32 = 65_521;
const LANES: usize = 16;
/** So many bytes, a multiple of sixteen, can be summed before the sums leave 32 bits. */
const MOST_AT_ONCE: usize = 5536;

/** Go on with a checksum, 1 at first. */
export function adler32(checksum: u32, bytes: usize, length: usize): u32 {
    let low = checksum & 0xffff;
    let high = checksum >> 16;
    const end = bytes + length;
    while (bytes < end) {
        const part = min(end - bytes, MOST_AT_ONCE);
        const whole = part & ~(LANES - 1);
        let sums = i32x4.splat(0);
        let sumsBefore = i32x4.splat(0);
        let weighted = i32x4.splat(0);
        const stop = bytes + whole;
        for (; bytes < stop; bytes += LANES) {
            const values = v128.load(bytes);
            sumsBefore = i32x4.add(sumsBefore, sums);
            sums = i32x4.add(
                sums,
                i32x4.extadd_pairwise_i16x8_u(i16x8.extadd_pairwise_i8x16_u(values)),
            );
            const first = i32x4.dot_i16x8_s(
                i16x8.extend_low_i8x16_u(values),
                i16x8(16, 15, 14, 13, 12, 11, 10, 9),
            );
            const second = i32x4.dot_i16x8_s(
                i16x8.extend_high_i8x16_u(values),
                i16x8(8, 7, 6, 5, 4, 3, 2, 1),
            );
            weighted = i32x4.add(weighted, i32x4.add(first, second));
        }
        high += low * <u32>whole + 16 * total(sumsBefore) + total(weighted);
        low += total(sums);
        for (const last = stop + part - whole; bytes < last; bytes++) {
            low += load<u8>(bytes);
            high += low;
        }
        low %= BASE;
        high %= BASE;
    }
    return (high << 16) | low;
}

function total(lanes: v128): u32 {
    return (
        i32x4.extract_lane(lanes, 0) +
        i32x4.extract_lane(lanes, 1) +
        i32x4.extract_lane(lanes, 2) +
        i32x4.extract_lane(lanes, 3)
    );
}
