// What we use of onnxruntime-web. The real module is fetched by scripts/vendor and brings no types.

export const env: {
    logLevel: string;
    wasm: { wasmPaths: string; numThreads: number };
    /** Only in the build with WebGPU; the device is there with the first session on it. */
    webgpu: { readonly device?: GPUDevice };
};

export class Tensor {
    constructor(type: 'float32', data: Float32Array, dims: number[]);
    readonly data: Float32Array<ArrayBuffer>;
    readonly dims: readonly number[];
}

export interface TensorMetadata {
    readonly name: string;
    readonly isTensor: boolean;
    readonly type?: string;
    readonly shape?: readonly (number | string)[];
}

export class InferenceSession {
    static create(
        model: ArrayBuffer,
        options: { executionProviders: string[]; executionMode: 'sequential' | 'parallel' },
    ): Promise<InferenceSession>;
    readonly inputMetadata: readonly TensorMetadata[];
    readonly outputMetadata: readonly TensorMetadata[];
    release(): Promise<void>;
    run(feeds: Record<string, Tensor>, fetches: string[]): Promise<Record<string, Tensor>>;
}
