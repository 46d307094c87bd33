"""Edits the WebAssembly of onnxruntime-web and of Pyodide; README.md here tells how and why."""
