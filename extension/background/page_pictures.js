/**
 * @file All pictures of a page: listed in all its frames, chosen by the person, left for the
 * workbench.
 *
 * Decides: that each picture is read as its page may read it, and that one which only its server
 * would give is left as an address, for which the workbench asks; that the workbench opens with the
 * first of them.
 */

import { toFailure } from '../messages/failure.js';
import { announce } from '../messages/request.js';
import { putFoundInInbox, putInInbox } from '../platform/batch_files.js';
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
    let isOpen = false;
    for (const place of chosen) {
        const picture = pictures[place];
        if (!picture) continue;
        await leave(tabId, picture);
        if (isOpen) announce('batch', 'inbox.filled', {});
        else await openWorkbench();
        isOpen = true;
    }
}

/**
 * @param {number} tabId
 * @param {OfferedPicture} picture
 */
async function leave(tabId, { frameId, number, urls, label, kind }) {
    const [address] = urls;
    try {
        const { blob } = await askFrame({ tabId, frameId }, 'picture.read', { number });
        const name = pictureName(address || label || kind) + suffixOf(blob.type);
        await putInInbox([new File([blob], name, { type: blob.type })]);
    } catch (error) {
        const failure = toFailure(error, 'fetch');
        const name = pictureName(address || label || kind);
        await putFoundInInbox(address ? { name, address } : { name, failure });
    }
}

/** @param {string} type */
function suffixOf(type) {
    return SUFFIXES[type] ?? `.${type.replace(/^image\//, '') || 'png'}`;
}
