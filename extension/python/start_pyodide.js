/**
 * @file Starts Pyodide with our packages, from a memory image where there is one.
 *
 * To boot CPython and to import numpy, Pillow and our package takes seconds, and ends in the
 * same memory every time. So scripts/build does it once, in a browser, and the extension
 * copies that memory back. An image holds no JavaScript objects and no compiled code: what
 * these are must be the same, in the same order, when it is recorded and when it is used.
 * That is why both go through this module.
 */

import createPyodideModule from '../vendor/pyodide/pyodide.asm.mjs';
import { loadPyodide } from '../vendor/pyodide/pyodide.mjs';
import { fetchSitePackages, mountSitePackages } from './site_packages.js';

const MOUNTED = 'site-packages';
/** Pyodide asks which packages could be downloaded: none. */
const NO_PACKAGES = { info: { abi_version: '2026_0' }, packages: {} };

/** @typedef {import('../vendor/pyodide/pyodide.mjs').Pyodide} Pyodide */
/** @typedef {import('../vendor/pyodide/pyodide.mjs').EmscriptenModule} EmscriptenModule */

/**
 * @param {object} places
 * @param {string} places.indexUrl   Folder of the vendored Pyodide, with a trailing slash.
 * @param {string} places.folderUrl  Folder of our packages and the image, with a trailing slash.
 * @param {'use' | 'record'} image   Whether to start from the image or to be able to make it.
 * @returns {Promise<Pyodide>}
 */
export async function startPyodide({ indexUrl, folderUrl }, image) {
    const site = fetchSitePackages(folderUrl);
    const recorded = image === 'use' ? fetchImage(folderUrl) : undefined;
    return await loadPyodide({
        indexURL: indexUrl,
        lockFileContents: NO_PACKAGES,
        createPyodideModule: (settings) => createModule(settings, site, recorded),
        _loadSnapshot: recorded?.then(({ memory }) => memory),
        _makeSnapshot: image === 'record',
        // The hashes of strings are in the image, so they cannot differ from start to start.
        env: { HOME: '/home/pyodide', PYTHONHASHSEED: '0' },
        stdout: console.debug,
        stderr: console.warn,
    });
}

/**
 * @param {import('../vendor/pyodide/pyodide.mjs').EmscriptenSettings} settings
 * @param {Promise<import('./site_packages.js').SitePackages>} site
 * @param {Promise<MemoryImage> | undefined} recorded
 */
async function createModule(settings, site, recorded) {
    /** @type {Promise<void> | undefined} */
    let mounted;
    settings.preRun.push((module) => {
        module.addRunDependency(MOUNTED);
        mounted = site
            .then((packages) => mountSitePackages(module, packages))
            .finally(() => module.removeRunDependency(MOUNTED));
        mounted.catch(() => undefined); // awaited below
    });
    const module = await createPyodideModule(settings);
    await mounted;
    if (recorded) makeRoom(module, await recorded);
    return module;
}

/**
 * @param {EmscriptenModule} module
 * @param {MemoryImage} image
 */
function makeRoom(module, { memory, table }) {
    // Another order of functions, and memory would point to the wrong ones.
    if (module.wasmTable.length !== table) {
        const { length } = module.wasmTable;
        throw new Error(`the memory image needs ${table} functions, not ${length}`);
    }
    // Pyodide copies the image without looking whether the memory is large enough for it.
    if (memory.length > module.HEAP8.length) module.growMemory(memory.length);
}

/**
 * @typedef {object} MemoryImage
 * @property {Uint8Array} memory
 * @property {number} table  Length of the function table that it was recorded with.
 */

/**
 * @param {string} folderUrl
 * @returns {Promise<MemoryImage>}
 */
async function fetchImage(folderUrl) {
    const about = fetch(`${folderUrl}memory.json`).then((response) => response.json());
    const response = await fetch(`${folderUrl}memory.bin`);
    const memory = new Uint8Array(await response.arrayBuffer());
    const { table } = await about;
    return { memory, table };
}
