/**
 * @file Functions of the published onnxruntime-web, as the kernels here call them.
 *
 * scripts/dev/wasm/put_kernels.mjs connects each with its counterpart there.
 */

/** `malloc`; 0 where there is no memory left. */
export declare function malloc(bytes: usize): usize;

/** `free` */
export declare function free(place: usize): void;

/** `MlasSgemmKernelZero`, which `multiply` takes the place of. */
export declare function publishedMultiply(
    a: usize,
    b: usize,
    c: usize,
    depth: usize,
    rows: usize,
    columns: usize,
    aStep: usize,
    cStep: usize,
    alpha: f32,
): usize;

/** `MlasSgemmKernelAdd`, which `multiplyAdd` takes the place of. */
export declare function publishedMultiplyAdd(
    a: usize,
    b: usize,
    c: usize,
    depth: usize,
    rows: usize,
    columns: usize,
    aStep: usize,
    cStep: usize,
    alpha: f32,
): usize;

/** `MlasConvOperation`, which `convolve` takes the place of. */
export declare function publishedConvolve(
    parameters: usize,
    input: usize,
    filter: usize,
    bias: usize,
    buffer: usize,
    output: usize,
    start: usize,
    count: usize,
): void;
