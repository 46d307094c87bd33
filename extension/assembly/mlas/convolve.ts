/**
 * @file Which convolutions are done here, and how; MLAS, onnxruntime's library of kernels, does
 * the rest.
 *
 * scripts/dev/wasm/put_kernels.mjs puts this into onnxruntime-web, so it can have no data of its
 * own in memory: no static arrays, strings or objects.
 */

import { convolveToFew } from './few_filters';
import {
    BETA,
    DILATION,
    DIMENSIONS,
    FILTER_COUNT,
    IDENTITY,
    isBoth,
    KERNEL_SHAPE,
    OUTPUT_SHAPE,
    OUTPUT_SIZE,
    RELU,
    STRIDE,
    THREAD_STRIDE,
} from './parameters';
import { publishedConvolve } from './published';
import { convolveByTiles, countFours, PANEL } from './winograd';

/** Ways to do it. */
const PUBLISHED: u32 = 0;
const BY_TILES: u32 = 1;
const TO_FEW: u32 = 2;

/** Fewer filters than this are few. */
const FEW: u32 = 8;
/** Numbers of a plane from which on rows are worth it. */
const LEAST_SIZE: u32 = 1024;

/**
 * Take the place of MlasConvOperation.
 *
 * @param start  First number of each plane of the output that this thread is to make.
 * @param count  How many; all threads together make all, but each here takes a share of its own.
 */
export function convolve(
    parameters: usize,
    input: usize,
    filter: usize,
    bias: usize,
    buffer: usize,
    output: usize,
    start: usize,
    count: usize,
): void {
    const way = chooseWay(parameters);
    if (way === PUBLISHED) {
        publishedConvolve(parameters, input, filter, bias, buffer, output, start, count);
        return;
    }
    const size = <usize>load<u32>(parameters, OUTPUT_SIZE);
    const stride = <usize>load<u32>(parameters, THREAD_STRIDE);
    const shares = count < size ? (size + stride - 1) / stride : 1;
    const index = count < size ? start / stride : 0;
    const fours = countFours(parameters);
    const filters = <usize>load<u32>(parameters, FILTER_COUNT);
    // The filters are transformed by each thread that uses them, and so are the tiles.
    const byFilter = way === BY_TILES && filters * 2 > fours * 5;
    const rows = <usize>load<u32>(parameters, OUTPUT_SHAPE);
    const most = way !== BY_TILES ? rows : byFilter ? filters : fours;
    const first = (most * index) / shares;
    const end = (most * (index + 1)) / shares;
    let isDone = false;
    if (way === TO_FEW) {
        isDone = convolveToFew(parameters, input, filter, bias, output, first, end);
    } else if (byFilter) {
        isDone = convolveByTiles(parameters, input, filter, bias, output, first, end, 0, fours);
    } else {
        isDone = convolveByTiles(parameters, input, filter, bias, output, 0, filters, first, end);
    }
    // Which numbers the others make is another matter there, so all are made.
    if (!isDone) publishedConvolve(parameters, input, filter, bias, buffer, output, 0, size);
}

/** Choose the quickest way of those that can do it; the same for all threads. */
function chooseWay(parameters: usize): u32 {
    const activation = load<u32>(<usize>load<u32>(parameters));
    const isKnown =
        load<u32>(parameters, DIMENSIONS) === 2 &&
        isBoth(parameters + KERNEL_SHAPE, 3) &&
        isBoth(parameters + STRIDE, 1) &&
        isBoth(parameters + DILATION, 1) &&
        load<f32>(parameters, BETA) === 0 &&
        (activation === IDENTITY || activation === RELU);
    if (!isKnown) return PUBLISHED;
    const filters = load<u32>(parameters, FILTER_COUNT);
    const size = load<u32>(parameters, OUTPUT_SIZE);
    if (filters < FEW) return size >= LEAST_SIZE ? TO_FEW : PUBLISHED;
    const isWorthIt = countFours(parameters) * PANEL * 8 <= <usize>size;
    return isWorthIt ? BY_TILES : PUBLISHED;
}
