// What we use of the vendored runtimes. Their own type files are not shipped.

declare module '*/vendor/pyodide/pyodide.mjs' {
    export interface Pyodide {
        version: string;
        unpackArchive(
            buffer: ArrayBuffer,
            format: string,
            options: { extractDir: string },
        ): void;
        // biome-ignore lint/suspicious/noExplicitAny: a Python module, as a proxy
        pyimport(name: string): any;
    }
    export function loadPyodide(options: {
        indexURL: string;
        packages: string[];
        env: Record<string, string>;
        checkIntegrity: boolean;
        stdout: (line: string) => void;
        stderr: (line: string) => void;
    }): Promise<Pyodide>;
}

declare module '*/vendor/onnxruntime/ort.wasm.min.mjs' {
    export const env: {
        logLevel: string;
        wasm: { wasmPaths: string; numThreads: number };
    };
    export class Tensor {
        constructor(type: 'float32', data: Float32Array, dims: number[]);
        readonly data: Float32Array<ArrayBuffer>;
        readonly dims: readonly number[];
    }
    export class InferenceSession {
        static create(
            model: ArrayBuffer,
            options: { executionProviders: string[] },
        ): Promise<InferenceSession>;
        run(feeds: Record<string, Tensor>, fetches: string[]): Promise<Record<string, Tensor>>;
    }
}
