/** @file Enlarges the layers of colours: `resize_colors` of py/offcut/kernels/numpy_colors.py. */

const LANES: usize = 4;
/** Bits behind the point of Pillow's weights. */
const FRACTION: i32 = 22;
const HALF: i32 = 1 << (FRACTION - 1);

/**
 * Make pixels of planes.
 *
 * @param planes  Red, green and blue, float32, all in a range around 0..1.
 * @param count  Of the numbers of a plane.
 * @param out  Four bytes a pixel, of which the last becomes 255.
 */
export function packColors(planes: usize, count: usize, out: usize): void {
    const step = count << 2;
    for (const end = planes + step; planes < end; planes += 4, out += 4) {
        const red = byteOf(load<f32>(planes));
        const green = byteOf(load<f32>(planes + step));
        const blue = byteOf(load<f32>(planes + 2 * step));
        store<u32>(out, red | (green << 8) | (blue << 16) | 0xff00_0000);
    }
}

function byteOf(value: f32): u32 {
    return <u32>(min<f32>(max<f32>(value, 0), 1) * 255 + 0.5);
}

/**
 * Interpolate between two pixels of a row each.
 *
 * @param pixels  Four bytes each.
 * @param first  For each column of the result the column left of it, of 32 bits; `second` the
 *     one right of it.
 * @param near  Weight of the first one, of 32 bits; `far` that of the second.
 */
export function stretchAcross(
    pixels: usize,
    rows: usize,
    columns: usize,
    first: usize,
    second: usize,
    near: usize,
    far: usize,
    width: usize,
    out: usize,
): void {
    for (let row: usize = 0; row < rows; row++) {
        for (let at: usize = 0; at < width << 2; at += 4) {
            const left = channels(pixels + 4 * <usize>load<u32>(first + at));
            const right = channels(pixels + 4 * <usize>load<u32>(second + at));
            const words = mixed(
                left,
                v128.load32_splat(near + at),
                right,
                v128.load32_splat(far + at),
            );
            const halves = i16x8.narrow_i32x4_u(words, words);
            v128.store32_lane(out + at, i8x16.narrow_i16x8_u(halves, halves), 0);
        }
        pixels += 4 * columns;
        out += 4 * width;
    }
}

/**
 * Interpolate between two rows each; the parameters are as above.
 *
 * @param width  Pixels of a row.
 */
export function stretchDown(
    pixels: usize,
    width: usize,
    first: usize,
    second: usize,
    near: usize,
    far: usize,
    height: usize,
    out: usize,
): void {
    const rowBytes = width << 2;
    for (let row: usize = 0; row < height << 2; row += 4) {
        const above = pixels + rowBytes * <usize>load<u32>(first + row);
        const below = pixels + rowBytes * <usize>load<u32>(second + row);
        const aboveWeight = v128.load32_splat(near + row);
        const belowWeight = v128.load32_splat(far + row);
        let at: usize = 0;
        for (; at + 4 * LANES <= rowBytes; at += 4 * LANES) {
            const upper = v128.load(above + at);
            const lower = v128.load(below + at);
            const upperLow = i16x8.extend_low_i8x16_u(upper);
            const lowerLow = i16x8.extend_low_i8x16_u(lower);
            const upperHigh = i16x8.extend_high_i8x16_u(upper);
            const lowerHigh = i16x8.extend_high_i8x16_u(lower);
            const low = i16x8.narrow_i32x4_u(
                mixed(
                    i32x4.extend_low_i16x8_u(upperLow),
                    aboveWeight,
                    i32x4.extend_low_i16x8_u(lowerLow),
                    belowWeight,
                ),
                mixed(
                    i32x4.extend_high_i16x8_u(upperLow),
                    aboveWeight,
                    i32x4.extend_high_i16x8_u(lowerLow),
                    belowWeight,
                ),
            );
            const high = i16x8.narrow_i32x4_u(
                mixed(
                    i32x4.extend_low_i16x8_u(upperHigh),
                    aboveWeight,
                    i32x4.extend_low_i16x8_u(lowerHigh),
                    belowWeight,
                ),
                mixed(
                    i32x4.extend_high_i16x8_u(upperHigh),
                    aboveWeight,
                    i32x4.extend_high_i16x8_u(lowerHigh),
                    belowWeight,
                ),
            );
            v128.store(out + at, i8x16.narrow_i16x8_u(low, high));
        }
        for (; at < rowBytes; at += 4) {
            const words = mixed(
                channels(above + at),
                aboveWeight,
                channels(below + at),
                belowWeight,
            );
            const halves = i16x8.narrow_i32x4_u(words, words);
            v128.store32_lane(out + at, i8x16.narrow_i16x8_u(halves, halves), 0);
        }
        out += rowBytes;
    }
}

function channels(place: usize): v128 {
    return i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(v128.load32_zero(place)));
}

function mixed(first: v128, near: v128, second: v128, far: v128): v128 {
    const sum = i32x4.add(i32x4.mul(first, near), i32x4.mul(second, far));
    return i32x4.shr_s(i32x4.add(sum, i32x4.splat(HALF)), FRACTION);
}
