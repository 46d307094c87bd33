/**
 * @file Gets the clicked picture: first as the page itself may read it, then with a
 * permission for the picture's host.
 *
 * Decides: in which order a picture is tried: read in its page, a data: address, then fetched by
 * the engine with permission; after which failures a next way is tried; what a failure offers
 * (server, screen).
 */

import { OffcutError, offcutError } from '../messages/failure.js';
import { askFrame } from './content_script.js';
import { carriesCookies, refererOf } from './cookies_and_referer.js';
import { needsHost } from './hosts.js';

/** @typedef {import('../messages/page_types.js').ImageSource} ImageSource */
/** @typedef {import('../messages/page_types.js').AddressSource} AddressSource */
/** @typedef {import('../messages/page_types.js').FoundPicture} FoundPicture */

/**
 * @typedef {object} Clicked
 * @property {number} tabId
 * @property {number} frameId
 * @property {FoundPicture | null} picture  null where no content script may look.
 * @property {string} srcUrl                As the browser's click event names it.
 * @property {string} page                  Address of the clicked document.
 * @property {boolean} isRefused            The person has just said no to the picture's host.
 */

/** Failures that a request from outside the page may get around. */
const WORTH_ANOTHER_WAY = new Set(['FETCH_BLOCKED', 'FETCH_REFUSED', 'FETCH_PAGE']);

/**
 * @param {Clicked} clicked
 * @returns {Promise<ImageSource>}
 * @throws {OffcutError}  Its detail says how the picture may be had in another way.
 */
export async function collectPicture(clicked) {
    const { srcUrl, isRefused } = clicked;
    const address = addressSource(clicked);
    try {
        try {
            return { kind: 'blob', blob: await readInPage(clicked) };
        } catch (error) {
            if (srcUrl.startsWith('data:')) return { kind: 'url', url: srcUrl }; // holds its bytes
            // Only an address that any server would answer can be tried from outside.
            if (!address || !isWorthAnotherWay(error)) throw error;
        }
        await needsHost(address.url, isRefused);
        return address;
    } catch (error) {
        throw withOtherWays(error, clicked, address);
    }
}

/** @param {Clicked} clicked */
async function readInPage({ tabId, frameId, picture, srcUrl }) {
    const frame = { tabId, frameId };
    const reply = picture
        ? await askFrame(frame, 'picture.read', { number: picture.number })
        : await askFrame(frame, 'address.read', { url: srcUrl });
    return reply.blob;
}

/**
 * @param {Clicked} clicked
 * @returns {AddressSource | null}
 */
function addressSource({ tabId, frameId, picture, srcUrl, page }) {
    const [url, other] = picture?.urls ?? (/^https?:/.test(srcUrl) ? [srcUrl] : []);
    if (!url) return null;
    const anonymous = picture?.anonymous ?? false;
    const place = picture ? { tabId, frameId, number: picture.number } : undefined;
    return {
        kind: 'url',
        url,
        other,
        page,
        referer: refererOf(page, url, picture?.referrerPolicy ?? ''),
        cookies: carriesCookies(page, url, anonymous),
        place,
    };
}

/** @param {unknown} error */
function isWorthAnotherWay(error) {
    if (!(error instanceof OffcutError)) return true;
    const { code } = error.failure;
    return WORTH_ANOTHER_WAY.has(code) || code === 'PICTURE_GONE';
}

/**
 * What the result page needs to offer the picture's server, and the screen.
 *
 * @param {unknown} error
 * @param {Clicked} clicked
 * @param {AddressSource | null} address
 */
function withOtherWays(error, { tabId, frameId, picture }, address) {
    if (!(error instanceof OffcutError)) return error;
    const { code, stage, message, detail } = error.failure;
    /** @type {Record<string, string | number>} */
    const onScreen = picture ? { tabId, frameId, number: picture.number } : {};
    /** @type {Record<string, string | number>} */
    const source = address ? { url: address.url, source: JSON.stringify(address) } : {};
    return offcutError(code, stage, message, { ...detail, ...source, ...onScreen });
}
