/**
 * @file Python's packages in one archive, mounted without unpacking, and their compiled parts.
 *
 * Decides: where Python finds its files, and in which order compiled parts are linked.
 *
 * The archive's files are views on its one buffer. The compiled parts (side modules of
 * WebAssembly) are linked before the interpreter starts: then the addresses of their data
 * and functions depend on nothing but their order, and a memory image that was recorded in
 * one start fits the next. See start_pyodide.js.
 */

/** Python looks for a compiled module's file before it asks for what is linked already. */
const STUB = new Uint8Array(0);

/**
 * What py/site.json holds.
 *
 * @typedef {object} SiteIndex
 * @property {Record<string, [offset: number, length: number]>} files  Places in py/site.bin, by
 *     path in the file system.
 * @property {{ path: string, url: string }[]} libraries  Compiled modules in their order; the
 *     addresses are relative to the folder py/.
 */

/**
 * @typedef {object} SitePackages
 * @property {SiteIndex} index
 * @property {Uint8Array<ArrayBuffer>} archive
 * @property {WebAssembly.Module[]} modules  The libraries, in their order.
 */

/**
 * @param {string} folderUrl  The folder py/, with a trailing slash.
 * @returns {Promise<SitePackages>}
 */
export async function fetchSitePackages(folderUrl) {
    /** @type {SiteIndex} */
    const index = await (await fetch(`${folderUrl}site.json`)).json();
    const compiled = index.libraries.map(({ url }) =>
        WebAssembly.compileStreaming(fetch(folderUrl + url)),
    );
    const archive = fetch(`${folderUrl}site.bin`).then((response) => response.arrayBuffer());
    const [modules, content] = await Promise.all([Promise.all(compiled), archive]);
    return { index, archive: new Uint8Array(content), modules };
}

/**
 * Put the files where Python finds them and link the libraries.
 *
 * @param {import('../vendor/pyodide/pyodide.mjs').EmscriptenModule} module  Not yet running.
 * @param {SitePackages} site
 */
export function mountSitePackages(module, { index, archive, modules }) {
    for (const [path, [offset, length]] of Object.entries(index.files)) {
        putFile(module.FS, path, archive.subarray(offset, offset + length));
    }
    for (const [place, { path }] of index.libraries.entries()) {
        putFile(module.FS, path, STUB);
        const compiled = /** @type {WebAssembly.Module} */ (modules[place]);
        const library = module.newDSO(path, undefined, 'loading');
        library.refcount = Number.POSITIVE_INFINITY;
        library.global = false;
        library.exports = module.loadWebAssemblyModule(compiled, { nodelete: true }, path, {});
    }
}

/**
 * @param {import('../vendor/pyodide/pyodide.mjs').FileSystem} fileSystem
 * @param {string} path
 * @param {Uint8Array} content
 */
function putFile(fileSystem, path, content) {
    fileSystem.mkdirTree(path.slice(0, path.lastIndexOf('/')));
    fileSystem.writeFile(path, content, { canOwn: true });
}
