/**
 * @file All that Offcut keeps on this machine: how much there is, and erasing it.
 *
 * Decides: what counts as which kind of data, and in which order it is erased, so that nothing that
 * still runs writes it anew.
 *
 * It goes by what the browser says is stored, not by what we know to have written: what a former
 * version has left goes as well.
 */

import { BATCH_LOCK } from './batch_files.js';
import { api } from './browser.js';
import { closeEngineDocument, ENGINE_LOCK } from './engine_document.js';
import { LEDGER_LOCK, tellRequests } from './request_ledger.js';
import { clearSession, readSession } from './session_store.js';

/** @typedef {{ count: number, bytes?: number }} Amount */
/** @typedef {'settings' | 'models' | 'batch' | 'times' | 'rights' | 'session'} Kind */

const MODELS = 'models';
/** How long a page that is told to close may take. */
const CLOSING_MS = 15_000;
/** A worker that was ended lets go of its files within these. */
const LOCKED_MS = [20, 50, 100, 200, 400, 800, 1600];

/** @returns {Promise<Record<Kind, Amount>>} */
export async function readKept() {
    const [settings, session, rights, root] = await Promise.all([
        api.storage.local.get(null),
        readSession(),
        givenRights(),
        navigator.storage.getDirectory(),
    ]);
    /** @type {Record<'models' | 'batch', Required<Amount>>} */
    const files = { models: { count: 0, bytes: 0 }, batch: { count: 0, bytes: 0 } };
    for await (const [name, handle] of root.entries()) {
        await addFiles(handle, files[name === MODELS ? 'models' : 'batch']);
    }
    return {
        settings: { count: Object.keys(settings).length },
        ...files,
        times: { count: Object.keys(localStorage).filter((key) => key !== 'theme').length },
        rights: { count: rights.origins.length + rights.permissions.length },
        session: { count: countNotes(session) },
    };
}

/**
 * Erase everything. The pages that show pictures are closed, and the engine with its jobs is ended.
 *
 * @returns {Promise<Kind[]>}  What could not be erased.
 */
export async function eraseKept() {
    await closePages();
    return navigator.locks.request(ENGINE_LOCK, async () => {
        await closeEngineDocument();
        const left = (await isErased(eraseFiles))
            ? []
            : /** @type {Kind[]} */ (['models', 'batch']);
        if (!(await isErased(removeRights))) left.push('rights');
        await Promise.all([api.storage.local.clear(), api.alarms.clearAll()]);
        await navigator.locks.request(LEDGER_LOCK, clearSession);
        tellRequests();
        for (const name of await caches.keys()) await caches.delete(name);
        await eraseDatabases();
        localStorage.clear();
        sessionStorage.clear();
        return left;
    });
}

/**
 * @param {FileSystemHandle} handle
 * @param {Required<Amount>} amount
 */
async function addFiles(handle, amount) {
    if (handle.kind === 'file') {
        amount.count += isPicture(handle.name) ? 1 : 0;
        const file = await /** @type {FileSystemFileHandle} */ (handle).getFile().catch(() => null);
        amount.bytes += file?.size ?? 0;
        return;
    }
    const folder = /** @type {FileSystemDirectoryHandle} */ (handle);
    for await (const inside of folder.values()) await addFiles(inside, amount);
}

/**
 * Of the files of a batch one for each picture, of those of a model one for each model. Chromium has
 * another beside each file that is being written.
 *
 * @param {string} name
 */
function isPicture(name) {
    return !/\.(?:json|out|edited|background|file|part|zip|crswap)$/.test(name);
}

/** @param {Record<string, any>} session */
function countNotes(session) {
    return Object.values(session).reduce(
        (sum, note) => sum + (Array.isArray(note) ? note.length : 1),
        0,
    );
}

/** Rights beyond those of the installation. */
async function givenRights() {
    const { origins = [], permissions = [] } = await api.permissions.getAll();
    const { permissions: first = [], host_permissions: hosts = [] } = api.runtime.getManifest();
    return {
        origins: origins.filter((origin) => !hosts.includes(origin)),
        permissions: permissions.filter((right) => !first.includes(right)),
    };
}

async function removeRights() {
    const rights = await givenRights();
    if (rights.origins.length + rights.permissions.length === 0) return;
    if (!(await api.permissions.remove(rights))) throw new Error('the browser keeps the rights');
}

/** Close our pages that hold pictures; with them goes what only they have. */
async function closePages() {
    const contexts = await api.runtime.getContexts({ contextTypes: ['TAB'] });
    const tabs = contexts
        .filter(({ incognito }) => incognito === api.extension.inIncognitoContext)
        .filter(({ documentUrl = '' }) => /\/(?:result|batch)\//.test(documentUrl))
        .map(({ tabId }) => tabId);
    await api.tabs.remove(tabs);
}

async function eraseFiles() {
    const signal = AbortSignal.timeout(CLOSING_MS);
    await navigator.locks.request(BATCH_LOCK, { signal }, async () => {
        const root = await navigator.storage.getDirectory();
        const names = [];
        for await (const name of root.keys()) names.push(name);
        for (const name of names) await removeEntry(root, name);
    });
}

/** What a private window keeps for its session is emptied, not deleted: it is in use. */
async function eraseDatabases() {
    if (api.extension.inIncognitoContext) return;
    for (const { name = '' } of await indexedDB.databases()) indexedDB.deleteDatabase(name);
}

/**
 * @param {FileSystemDirectoryHandle} root
 * @param {string} name
 */
async function removeEntry(root, name) {
    for (const pause of LOCKED_MS) {
        try {
            await root.removeEntry(name, { recursive: true });
            return;
        } catch (error) {
            console.debug(`${name} is still in use:`, error);
        }
        await new Promise((resolve) => setTimeout(resolve, pause));
    }
    await root.removeEntry(name, { recursive: true });
}

/** @param {() => Promise<void>} erase */
async function isErased(erase) {
    try {
        await erase();
        return true;
    } catch (error) {
        console.error(error);
        return false;
    }
}
