// What we use of Pyodide. The real module is fetched by scripts/vendor and brings no types.

export interface Pyodide {
    version: string;
    unpackArchive(buffer: ArrayBuffer, format: string, options: { extractDir: string }): void;
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
