"""Puts our own kernels into the WebAssembly of onnxruntime-web and of Pyodide."""
