/**
 * @file All pictures of a page: listed in all its frames, chosen by the person, left for the
 * workbench.
 *
 * Decides: that each picture is read as its page may read it, and that one which only its server
 * would give is left as an address, for which the workbench asks; that the workbench opens with the
 * first of them, and tells of those for which there was no room.
 */

import { offcutError, toFailure } from '../messages/failure.js';
import { announce } from '../messages/request.js';
import { isStorageFull, putFoundInInbox, putInInbox } from '../platform/batch_files.js';
import { pictureName } from '../settings/file_name.js';
import { askFrame, enterFrames } from './content_script.js';
import { openWorkbench } from './workbench.js';

/** @typedef {import('../messages/page_types.js').OfferedPicture} OfferedPicture */

/** @type {Readonly<Record<string, string>>} */
const SUFFIXES = Object.freeze({
    'image/jpeg': '.jpg',
    'image/svg+xml': '.svg',
    'image/x-icon': '.ico',
    'image/vnd.microsoft.icon': '.ico',
});

/** @type {Map<AbortController, Promise<void>>} What brings chosen pictures. */
const bringing = new Map();

/**
 * Bring no further picture: the person erases everything. What is being read must be dropped, too.
 *
 * @returns {Promise<unknown>}  Nothing writes any more.
 */
export function dropGathering() {
    for (const drop of bringing.keys()) drop.abort();
    return Promise.allSettled(bringing.values());
}

/**
 * Show all pictures of a page to the person. Done as soon as they can be seen; the rest follows.
 *
 * @param {{ tabId: number }} tab
 * @throws {import('../messages/failure.js').OffcutError}  PAGE_FORBIDDEN.
 */
export async function gatherPictures({ tabId }) {
    const frames = await enterFrames(tabId, null);
    const { pictures, hasMore } = await listAll(tabId, frames);
    takeChosen(tabId, pictures, hasMore).catch((error) => console.warn('not gathered:', error));
}

/**
 * @param {number} tabId
 * @param {number[]} frames
 */
async function listAll(tabId, frames) {
    /** @type {Map<string, OfferedPicture>} */
    const found = new Map();
    let hasMore = false;
    for (const frameId of frames.sort((one, other) => one - other)) {
        // A frame that answers nothing leaves those of the others.
        const list = await askFrame({ tabId, frameId }, 'pictures.list').catch(() => null);
        hasMore ||= list?.hasMore ?? false;
        for (const picture of list?.pictures ?? []) {
            const key = picture.urls[0] ?? `${frameId} ${picture.number}`;
            if (!found.has(key)) found.set(key, { ...picture, frameId });
        }
    }
    return { pictures: [...found.values()], hasMore };
}

/**
 * @param {number} tabId
 * @param {OfferedPicture[]} pictures
 * @param {boolean} hasMore
 */
async function takeChosen(tabId, pictures, hasMore) {
    const question = { pictures, hasMore };
    const { chosen } = await askFrame({ tabId, frameId: 0 }, 'pictures.choose', question);
    const drop = new AbortController();
    const wanted = chosen.flatMap((/** @type {number} */ place) => pictures[place] ?? []);
    const brought = bring(tabId, wanted, drop.signal);
    bringing.set(drop, brought);
    await brought.finally(() => bringing.delete(drop));
}

/**
 * @param {number} tabId
 * @param {OfferedPicture[]} pictures
 * @param {AbortSignal} signal
 */
async function bring(tabId, pictures, signal) {
    let isOpen = false;
    for (const picture of pictures) {
        await leave(tabId, picture, signal);
        if (signal.aborted) return;
        if (isOpen) announce('batch', 'inbox.filled', {});
        else await openWorkbench();
        isOpen = true;
    }
}

/**
 * @param {number} tabId
 * @param {OfferedPicture} picture
 * @param {AbortSignal} signal
 */
async function leave(tabId, { frameId, number, urls, label, kind }, signal) {
    const [address = ''] = urls;
    const name = pictureName(address || label || kind);
    try {
        const { blob } = await askFrame({ tabId, frameId }, 'picture.read', { number });
        if (signal.aborted) return;
        await putInInbox([new File([blob], name + suffixOf(blob.type), { type: blob.type })]);
    } catch (error) {
        if (!signal.aborted) await putFoundInInbox({ name, ...whatIsLeft(error, address) });
    }
}

/**
 * Of a picture that is not here: its address, where that may give it, and why it is not here.
 *
 * @param {unknown} error
 * @param {string} address  Empty if it has none.
 */
function whatIsLeft(error, address) {
    if (!isStorageFull(error))
        return address ? { address } : { failure: toFailure(error, 'fetch') };
    const { failure } = offcutError('STORAGE_FULL', 'batch', String(error));
    // The note has no room for a whole picture either.
    return /^https?:/i.test(address) ? { address, failure } : { failure };
}

/** @param {string} type */
function suffixOf(type) {
    return SUFFIXES[type] ?? `.${type.replace(/^image\//, '') || 'png'}`;
}
