/** @file Empties what is transparent: `clear_pixels` of py/offcut/kernels/numpy_colors.py. */

const LANES: usize = 16;

/**
 * Set pixels of four bytes to zero where a byte each is zero.
 *
 * @param pixels  Changed in place.
 */
export function clearPixels(pixels: usize, shown: usize, count: usize): void {
    const end = shown + count;
    for (; shown + LANES <= end; shown += LANES, pixels += 4 * LANES) {
        const isShown = i8x16.ne(v128.load(shown), i8x16.splat(0));
        if (i8x16.all_true(isShown)) continue;
        // Each byte becomes four.
        const low = v128.shuffle<i8>(
            isShown,
            isShown,
            0,
            0,
            1,
            1,
            2,
            2,
            3,
            3,
            4,
            4,
            5,
            5,
            6,
            6,
            7,
            7,
        );
        const high = v128.shuffle<i8>(
            isShown,
            isShown,
            8,
            8,
            9,
            9,
            10,
            10,
            11,
            11,
            12,
            12,
            13,
            13,
            14,
            14,
            15,
            15,
        );
        keep(pixels, i32x4.extend_low_i16x8_s(low));
        keep(pixels + LANES, i32x4.extend_high_i16x8_s(low));
        keep(pixels + 2 * LANES, i32x4.extend_low_i16x8_s(high));
        keep(pixels + 3 * LANES, i32x4.extend_high_i16x8_s(high));
    }
    for (; shown < end; shown++, pixels += 4) {
        if (load<u8>(shown) === 0) store<u32>(pixels, 0);
    }
}

function keep(pixels: usize, mask: v128): void {
    v128.store(pixels, v128.and(v128.load(pixels), mask));
}
