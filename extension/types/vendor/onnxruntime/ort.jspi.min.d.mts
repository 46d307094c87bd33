// The build of onnxruntime-web that has WebGPU beside WebAssembly.

// biome-ignore lint/correctness/useImportExtensions: it takes the type stub for the module
export * from './ort.wasm.min.mjs';
