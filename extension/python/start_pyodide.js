/**
 * @file Starts Pyodide with our packages, from a memory image where there is one.
 *
 * Decides: how Python starts: from the image or anew, its environment, its output.
 *
 * To boot CPython and to import numpy, Pillow and our package takes seconds, and ends in the
 * same memory every time. So scripts/build does it once, in a browser, and the extension
 * copies that memory back. An image holds no JavaScript objects and no compiled code: what
 * these are must be the same, in the same order, when it is recorded and when it is used.
 * That is why both go through this module.
 */

import { MemoryImage } from './memory_image.js';
import { fetchSitePackages, mountSitePackages } from './site_packages.js';

const MOUNTED = 'site-packages';
/** Pyodide asks which packages could be downloaded: none. */
const NO_PACKAGES = { info: { abi_version: '2026_0' }, packages: {} };

/** @typedef {import('../vendor/pyodide/pyodide.mjs').Pyodide} Pyodide */

/**
 * @param {object} places
 * @param {string} places.indexUrl   Folder of the vendored Pyodide, with a trailing slash.
 * @param {string} places.folderUrl  Folder of our packages and the image, with a trailing slash.
 * @param {'use' | 'record'} image   Whether to start from the image or to be able to make it.
 * @returns {Promise<Pyodide>}
 */
export async function startPyodide({ indexUrl, folderUrl }, image) {
    // All is fetched at once, and begun in the order in which it is needed.
    const scripts = Promise.all([
        import('../vendor/pyodide/pyodide.mjs'),
        import('../vendor/pyodide/pyodide.asm.mjs'),
    ]);
    const recorded = image === 'use' ? new MemoryImage(folderUrl) : undefined;
    const site = fetchSitePackages(folderUrl);
    const [{ loadPyodide }, core] = await scripts;
    return await loadPyodide({
        indexURL: indexUrl,
        lockFileContents: NO_PACKAGES,
        createPyodideModule: (settings) => createModule(core.default, settings, site, recorded),
        // Without the memory itself: for that, starting the core need not wait.
        _loadSnapshot: recorded?.header(),
        _makeSnapshot: image === 'record',
        // The hashes of strings are in the image, so they cannot differ from start to start.
        env: { HOME: '/home/pyodide', PYTHONHASHSEED: '0' },
        stdout: console.debug,
        stderr: console.warn,
    });
}

/**
 * @param {typeof import('../vendor/pyodide/pyodide.asm.mjs').default} create
 * @param {import('../vendor/pyodide/pyodide.mjs').EmscriptenSettings} settings
 * @param {Promise<import('./site_packages.js').SitePackages>} site
 * @param {MemoryImage | undefined} recorded
 */
async function createModule(create, settings, site, recorded) {
    /** @type {Promise<void> | undefined} */
    let mounted;
    settings.preRun.push((module) => {
        module.addRunDependency(MOUNTED);
        mounted = site
            .then((packages) => mountSitePackages(module, packages))
            .finally(() => module.removeRunDependency(MOUNTED));
        mounted.catch(() => undefined); // awaited below
    });
    if (recorded) settings.INITIAL_MEMORY = (await recorded.index).bytes;
    const module = await create(settings);
    await mounted;
    await recorded?.restore(module);
    return module;
}
