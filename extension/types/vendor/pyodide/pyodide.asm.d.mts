// Pyodide's WebAssembly module; pyodide.d.mts says what goes in and comes out.

// biome-ignore lint/suspicious/noExplicitAny: typed where it is called
export default function createPyodideModule(settings: any): Promise<any>;
