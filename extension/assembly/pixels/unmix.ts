/** @file Takes the backdrop out of soft pixels: `unmix_colors` of py/offcut/kernels/numpy_colors.py. */

const LANES: usize = 16;

/**
 * Where a layer's colours for a pixel lie: of a row and a column, the place of the pixel that
 * stands for them, of 32 bits each.
 *
 * @param band  Rows of pixels of four bytes; of soft ones the first three are changed.
 * @param share  For each of these pixels a byte.
 * @param levels  For each value of a share the share itself, float32; `gains` likewise.
 */
export function unmixColors(
    band: usize,
    share: usize,
    width: usize,
    height: usize,
    subject: usize,
    subjectRows: usize,
    subjectColumns: usize,
    backdrop: usize,
    backdropRows: usize,
    backdropColumns: usize,
    levels: usize,
    gains: usize,
): void {
    for (let row: usize = 0; row < height; row++) {
        const ownRow = subject + 4 * <usize>load<u32>(subjectRows + 4 * row);
        const otherRow = backdrop + 4 * <usize>load<u32>(backdropRows + 4 * row);
        for (let column: usize = 0; column < width; ) {
            if (column + LANES <= width && !isAnySoft(share + column)) {
                column += LANES;
                continue;
            }
            for (const stop = min(column + LANES, width); column < stop; column++) {
                const value = <usize>load<u8>(share + column);
                if (value - 1 >= 254) continue;
                const own = load<u32>(ownRow + 4 * <usize>load<u32>(subjectColumns + 4 * column));
                const other = load<u32>(
                    otherRow + 4 * <usize>load<u32>(backdropColumns + 4 * column),
                );
                const place = band + 4 * column;
                const level = load<f32>(levels + 4 * value);
                const gain = load<f32>(gains + 4 * value);
                store<u32>(place, unmixed(load<u32>(place), own, other, level, gain));
            }
        }
        band += 4 * width;
        share += width;
    }
}

/** Tell whether any of sixteen shares is neither 0 nor 255. */
export function isAnySoft(share: usize): bool {
    const values = v128.load(share);
    const less = i8x16.sub(values, i8x16.splat(1));
    return v128.any_true(i8x16.lt_u(less, i8x16.splat(-2)));
}

/** Take the backdrop out of one pixel; its fourth byte stays. */
export function unmixed(mixed: u32, own: u32, other: u32, level: f32, gain: f32): u32 {
    const subject = colors(own);
    const backdrop = colors(other);
    let change = f32x4.sub(colors(mixed), backdrop);
    change = f32x4.add(change, f32x4.mul(f32x4.sub(backdrop, subject), f32x4.splat(level)));
    change = f32x4.add(f32x4.mul(change, f32x4.splat(gain)), subject);
    change = f32x4.add(change, f32x4.splat(0.5));
    change = f32x4.min(f32x4.max(change, f32x4.splat(0)), f32x4.splat(255));
    const words = i32x4.trunc_sat_f32x4_u(change);
    const halves = i16x8.narrow_i32x4_u(words, words);
    const bytes = <u32>i32x4.extract_lane(i8x16.narrow_i16x8_u(halves, halves), 0);
    return (bytes & 0xff_ffff) | (mixed & 0xff00_0000);
}

function colors(pixel: u32): v128 {
    const halves = i16x8.extend_low_i8x16_u(i32x4.splat(pixel));
    return f32x4.convert_i32x4_u(i32x4.extend_low_i16x8_u(halves));
}
