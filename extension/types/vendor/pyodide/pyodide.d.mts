// What we use of Pyodide. The real module is fetched by scripts/vendor and brings no types.

export interface Pyodide {
    version: string;
    _module: EmscriptenModule;
    // biome-ignore lint/suspicious/noExplicitAny: a Python module, as a proxy
    pyimport(name: string): any;
}

export interface FileSystem {
    mkdirTree(path: string): void;
    writeFile(path: string, content: Uint8Array, options: { canOwn: boolean }): void;
}

/** A shared library as the linker keeps it. */
export interface Library {
    refcount: number;
    global: boolean;
    exports: unknown;
}

export interface EmscriptenModule {
    FS: FileSystem;
    HEAP8: Int8Array;
    memory: WebAssembly.Memory;
    wasmTable: WebAssembly.Table;
    growMemory(bytes: number): unknown;
    _sbrk(increment: number): number;
    addRunDependency(name: string): void;
    removeRunDependency(name: string): void;
    newDSO(path: string, handle: undefined, exports: 'loading'): Library;
    loadWebAssemblyModule(
        module: WebAssembly.Module,
        flags: { nodelete: boolean },
        path: string,
        scope: object,
    ): unknown;
}

export interface EmscriptenSettings {
    preRun: ((module: EmscriptenModule) => void)[];
    INITIAL_MEMORY?: number;
}

export function loadPyodide(options: {
    indexURL: string;
    lockFileContents: { info: { abi_version: string }; packages: object };
    createPyodideModule: (settings: EmscriptenSettings) => Promise<EmscriptenModule>;
    _loadSnapshot: Promise<Uint8Array> | undefined;
    _makeSnapshot: boolean;
    env: Record<string, string>;
    stdout: (line: string) => void;
    stderr: (line: string) => void;
}): Promise<Pyodide>;
