// Pyodide's WebAssembly module, as its loader starts it.

// biome-ignore lint/correctness/useImportExtensions: the module's name ends in .mjs
import type { EmscriptenModule, EmscriptenSettings } from './pyodide.mjs';

export default function createPyodideModule(
    settings: EmscriptenSettings,
): Promise<EmscriptenModule>;
