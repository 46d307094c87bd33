/** @file Functions of onnxruntime-web that the build puts in the place of these imports. */

/** `malloc`; 0 where there is no memory left. */
export declare function allocate(bytes: usize): usize;

/** `free` */
export declare function release(place: usize): void;

/**
 * `MlasSgemmKernelZero`: some rows of C = alpha * A * B.
 *
 * @param a  float32, row by row.
 * @param b  float32; panels of 16 columns, each row by row.
 * @param c  float32, row by row.
 * @param aStep  Floats from row to row of A; `cStep` of C.
 * @returns  How many rows were done, at least one.
 */
export declare function multiply(
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

/** `MlasConvOperation`: what `convolve` takes the place of. */
export declare function expand(
    parameters: usize,
    input: usize,
    filter: usize,
    bias: usize,
    buffer: usize,
    output: usize,
    start: usize,
    count: usize,
): void;
