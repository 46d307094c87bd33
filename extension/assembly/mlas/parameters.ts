/**
 * @file The one struct of MLAS that the kernels know, MLAS_CONV_PARAMETERS: where its fields lie.
 *
 * Bytes from its start in onnxruntime-web 1.30; a shape has a number for height, then for width.
 */

import { FLOAT } from './tiles';

export const DIMENSIONS: usize = 4;
export const INPUT_SHAPE: usize = 24;
export const KERNEL_SHAPE: usize = 36;
export const DILATION: usize = 48;
export const PADDING: usize = 60;
export const STRIDE: usize = 84;
export const FILTER_COUNT: usize = 96;
export const OUTPUT_SHAPE: usize = 100;
export const OUTPUT_SIZE: usize = 116;
export const DEPTH: usize = 120;
export const BETA: usize = 124;
export const THREAD_STRIDE: usize = 152;

/** Kinds of MLAS_ACTIVATION that are done here. */
export const IDENTITY: u32 = 0;
export const RELU: u32 = 1;

/** Places of a filter of 3 x 3. */
export const TAPS: usize = 9;

/** What the activation leaves at least. */
export function leastOf(parameters: usize): f32 {
    const activation = load<u32>(<usize>load<u32>(parameters));
    return activation === RELU ? 0 : -Infinity;
}

/** Whether the numbers for height and width are both this one. */
export function isBoth(place: usize, value: u32): bool {
    return load<u32>(place) === value && load<u32>(place, FLOAT) === value;
}
