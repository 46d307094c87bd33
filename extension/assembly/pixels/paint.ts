/** @file Paints rows of the cut-out: `paint_cutout` of py/offcut/kernels/numpy_colors.py. */

import { isAnySoft, unmixed } from './unmix';

const LANES: usize = 16;

/**
 * Write pixels with an alpha of their own, the backdrop taken out of soft ones, and nothing
 * where nothing is shown: all in one pass, which copies most of them as they are.
 *
 * @param pixels  Four bytes each, of which the last is not looked at.
 * @param shown  For each of these pixels its alpha, a byte.
 * @param share  As for `unmixColors`, as all that is not described here.
 * @param out  Four bytes for each pixel.
 */
export function paintCutout(
    pixels: usize,
    shown: usize,
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
    out: usize,
): void {
    for (let row: usize = 0; row < height; row++) {
        const ownRow = subject + 4 * <usize>load<u32>(subjectRows + 4 * row);
        const otherRow = backdrop + 4 * <usize>load<u32>(backdropRows + 4 * row);
        for (let column: usize = 0; column < width; ) {
            if (column + LANES <= width) {
                const alpha = v128.load(shown + column);
                if (!v128.any_true(alpha)) {
                    memory.fill(out + 4 * column, 0, 4 * LANES);
                    column += LANES;
                    continue;
                }
                if (i8x16.all_true(alpha) && !isAnySoft(share + column)) {
                    copyAll(pixels + 4 * column, alpha, out + 4 * column);
                    column += LANES;
                    continue;
                }
            }
            for (const stop = min(column + LANES, width); column < stop; column++) {
                const place = out + 4 * column;
                const alpha = <u32>load<u8>(shown + column);
                if (alpha === 0) {
                    store<u32>(place, 0);
                    continue;
                }
                const pixel = (load<u32>(pixels + 4 * column) & 0xff_ffff) | (alpha << 24);
                const value = <usize>load<u8>(share + column);
                if (value - 1 >= 254) {
                    store<u32>(place, pixel);
                    continue;
                }
                const own = load<u32>(ownRow + 4 * <usize>load<u32>(subjectColumns + 4 * column));
                const other = load<u32>(
                    otherRow + 4 * <usize>load<u32>(backdropColumns + 4 * column),
                );
                const level = load<f32>(levels + 4 * value);
                const gain = load<f32>(gains + 4 * value);
                store<u32>(place, unmixed(pixel, own, other, level, gain));
            }
        }
        pixels += 4 * width;
        shown += width;
        share += width;
        out += 4 * width;
    }
}

/** Copy sixteen pixels, each with its own alpha. */
function copyAll(pixels: usize, alpha: v128, out: usize): void {
    const low = i16x8.extend_low_i8x16_u(alpha);
    const high = i16x8.extend_high_i8x16_u(alpha);
    copyFour(pixels, i32x4.extend_low_i16x8_u(low), out);
    copyFour(pixels + LANES, i32x4.extend_high_i16x8_u(low), out + LANES);
    copyFour(pixels + 2 * LANES, i32x4.extend_low_i16x8_u(high), out + 2 * LANES);
    copyFour(pixels + 3 * LANES, i32x4.extend_high_i16x8_u(high), out + 3 * LANES);
}

function copyFour(pixels: usize, alpha: v128, out: usize): void {
    const colors = v128.and(v128.load(pixels), i32x4.splat(0xff_ffff));
    v128.store(out, v128.or(colors, i32x4.shl(alpha, 24)));
}
