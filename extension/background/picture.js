/**
 * @file Gets the clicked picture: first as the page itself may read it, then with a
 * permission for the picture's host.
 *
 * Decides: in which order a picture is tried: read in its page, a data: address, then fetched by
 * the engine with permission; after which failures a next way is tried; what a failure offers
 * (server, screen).
 */

import { OffcutError, offcutError } from '../messages/failure.js';
import { mayRead } from '../platform/host_right.js';
import { askFrame, enterFrames } from './content_script.js';
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
            const { blob, notices, isStandIn } = await readInPage(clicked);
            const isBetter = isStandIn && address && (await mayRead(address.url));
            if (isBetter) return { ...address, instead: blob };
            return { kind: 'blob', blob, notices, spot: clicked.picture?.spot };
        } catch (error) {
            if (srcUrl.startsWith('data:')) return { kind: 'url', url: srcUrl }; // holds its bytes
            // Only an address that any server would answer can be tried from outside.
            if (!address || !isWorthAnotherWay(error)) throw error;
            if (isBroken(error)) delete address.place;
        }
        await needsHost(address.url, isRefused);
        return address;
    } catch (error) {
        throw withOtherWays(error, clicked, address);
    }
}

/** @typedef {{ blob: Blob, notices: string[], isStandIn: boolean }} ReadPicture */

/**
 * @param {Clicked} clicked
 * @returns {Promise<ReadPicture>}
 */
async function readInPage({ tabId, frameId, picture, srcUrl }) {
    const frame = { tabId, frameId };
    if (!picture) return askFrame(frame, 'address.read', { url: srcUrl });
    try {
        return await askFrame(frame, 'picture.read', { number: picture.number });
    } catch (error) {
        const [url] = picture.urls;
        if (frameId === 0 || !url || !isWorthAnotherWay(error)) throw error;
        return readAround(tabId, url).catch(() => Promise.reject(error));
    }
}

/**
 * A frame in a sandbox may read nothing; the page around it may, and shows it to the person. But the
 * frame may be a stranger's, which names a picture of the page's own host: for a frame no cookies
 * of the page go along.
 *
 * @param {number} tabId
 * @param {string} url
 * @returns {Promise<ReadPicture>}
 */
async function readAround(tabId, url) {
    await enterFrames(tabId, 0);
    return askFrame({ tabId, frameId: 0 }, 'address.read', { url, credentials: 'omit' });
}

/**
 * @param {Clicked} clicked
 * @returns {AddressSource | null}
 */
function addressSource(clicked) {
    const { tabId, frameId, picture, srcUrl, page } = clicked;
    const [url, other] = picture?.urls ?? (/^https?:/.test(srcUrl) ? [srcUrl] : []);
    if (!url) return null;
    const anonymous = picture?.anonymous ?? false;
    return {
        kind: 'url',
        url,
        other,
        page,
        referer: refererOf(page, url, picture?.referrerPolicy ?? ''),
        cookies: carriesCookies(page, url, anonymous),
        spot: picture?.spot,
        place: picture ? { tabId, frameId, number: picture.number } : undefined,
        clicked: describeClick(clicked),
    };
}

/** @param {Clicked} clicked */
function describeClick(clicked) {
    return JSON.stringify({ ...clicked, isRefused: false });
}

/** @param {unknown} error */
function isWorthAnotherWay(error) {
    if (!(error instanceof OffcutError)) return true;
    const { code } = error.failure;
    return WORTH_ANOTHER_WAY.has(code) || code === 'PICTURE_GONE';
}

/**
 * The page shows the sign of a picture that did not come: nothing that the screen could give.
 *
 * @param {unknown} error
 */
function isBroken(error) {
    return error instanceof OffcutError && error.failure.detail.broken === 1;
}

/**
 * What the result page needs to offer the picture's server, the screen, and another try.
 *
 * @param {unknown} error
 * @param {Clicked} clicked
 * @param {AddressSource | null} address
 */
function withOtherWays(error, clicked, address) {
    if (!(error instanceof OffcutError)) return error;
    const { tabId, frameId, picture } = clicked;
    const { code, stage, message, detail } = error.failure;
    const isSeen = picture && !isBroken(error) && (!address || address.place);
    /** @type {Record<string, string | number>} */
    const onScreen = isSeen ? { frameId, number: picture.number } : {};
    /** @type {Record<string, string | number>} */
    const source = address ? { url: address.url, source: JSON.stringify(address) } : {};
    const again = { tabId, clicked: describeClick(clicked) };
    return offcutError(code, stage, message, { ...detail, ...source, ...onScreen, ...again });
}
