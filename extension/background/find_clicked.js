/**
 * @file Which picture of a page a click or the shortcut means.
 */

import { offcutError } from '../messages/failure.js';
import { askFrame, enterFrames } from './content_script.js';

/** @typedef {import('../messages/page_types.js').FoundPicture} FoundPicture */
/** @typedef {{ tabId: number, frameId: number }} Frame */
/** @typedef {{ frameId: number, picture: FoundPicture | null }} Found */
/** @typedef {{ pictures: FoundPicture[], hasMore: boolean }} Nearby */

/**
 * @param {Frame} frame
 * @param {import('../messages/page_types.js').FindRequest} request
 * @param {string} page  Address of what the frame shows, or of what it is part of.
 * @returns {Promise<Found | null>}  null when the person chose none of several.
 * @throws {import('../messages/failure.js').OffcutError}  PAGE_FORBIDDEN, FRAME_CLOSED,
 *     NO_PICTURE_HERE.
 */
export async function findInFrame(frame, request, page) {
    const { frameId } = frame;
    try {
        await enterFrames(frame.tabId, frameId);
    } catch (error) {
        if (frameId === 0) throw error;
        return findInClosedFrame(frame.tabId, request, page, error);
    }
    /** @type {Nearby} */
    const nearby = await askFrame(frame, 'pictures.find', request);
    if (nearby.pictures.length === 0 && request.srcUrl) return { frameId, picture: null };
    return choose(frame, nearby);
}

/**
 * A frame of another site, or one that the page has put into a sandbox, is closed to us. But the
 * browser may name its picture, and the page around it may read that.
 *
 * @param {number} tabId
 * @param {import('../messages/page_types.js').FindRequest} request
 * @param {string} page
 * @param {unknown} error  Why the frame could not be entered.
 * @returns {Promise<Found>}
 */
async function findInClosedFrame(tabId, { srcUrl }, page, error) {
    if (!/^https?:/.test(page)) throw error;
    if (!/^(?:https?|data):/.test(srcUrl)) {
        const { host } = new URL(page);
        throw offcutError('FRAME_CLOSED', 'fetch', String(error), { host, url: page });
    }
    await enterFrames(tabId, 0).catch((refusal) => console.debug('no way around:', refusal));
    return { frameId: 0, picture: null };
}

/**
 * @param {number} tabId
 * @param {string} page
 * @returns {Promise<Found | null>}
 */
export async function findAnywhere(tabId, page) {
    const frames = await enterFrames(tabId, null);
    const wanted = { srcUrl: '', media: '', from: 'keyboard' };
    for (const frameId of frames.reverse()) {
        const frame = { tabId, frameId };
        /** @type {Nearby} */
        const nearby = await askFrame(frame, 'pictures.find', wanted);
        if (nearby.pictures.length > 0) return choose(frame, nearby);
    }
    throw offcutError('NO_PICTURE_HERE', 'fetch', `nothing under the pointer of ${page}`);
}

/**
 * @param {Frame} frame
 * @param {Nearby} nearby
 * @returns {Promise<Found | null>}
 */
async function choose(frame, { pictures, hasMore }) {
    const { frameId } = frame;
    const [first] = pictures;
    if (!first) throw offcutError('NO_PICTURE_HERE', 'fetch', 'nothing at the clicked place');
    if (pictures.length === 1) return { frameId, picture: first };
    const numbers = pictures.map(({ number }) => number);
    const question = { numbers, hasMore };
    const { number } = await askFrame(frame, 'picture.choose', question).catch(() => ({}));
    const chosen = pictures.find((each) => each.number === number);
    return chosen ? { frameId, picture: chosen } : null;
}
