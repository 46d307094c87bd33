/**
 * @file Image source -> Blob: the one way by which the engine comes to a picture.
 *
 * Decides: which address is tried after which (with the page as Referer, then the smaller file),
 * who may lead us into the user's own network, EMPTY_FILE, IMAGE_TOO_LARGE. The request itself is
 * in fetcher/download_picture.js, which runs in a worker.
 *
 * First the plain request, then one with the page as its Referer, each only if the former
 * failed; and the same for a smaller file of the same picture.
 */

import { OffcutError, offcutError } from '../messages/failure.js';
import '../platform/bounded_fetch.js';
import { isPrivateHost } from '../platform/private_hosts.js';
import { RefererRuleError, withReferer } from './referer.js';

/** @typedef {import('../messages/page_types.js').ImageSource} ImageSource */
/** @typedef {import('../messages/page_types.js').AddressSource} AddressSource */
/** @typedef {(url: string, terms: import('./picture_fetcher.js').Terms) => Promise<Blob>} Download */

/** What a server says that wants to see its own page as the Referer. */
const ABOUT_REFERER = new Set([
    'FETCH_REFUSED',
    'FETCH_PAGE',
    'FETCH_NOT_FOUND',
    'FETCH_REDIRECTED',
]);

/**
 * Get the bytes of a picture.
 *
 * @param {ImageSource} source
 * @param {AbortSignal} signal
 * @param {(fraction: number) => void} onProgress  0 to 1, only when the size is known.
 * @param {Download} download
 * @returns {Promise<Blob>}
 * @throws {OffcutError}  FETCH_*, PRIVATE_ADDRESS, IMAGE_TOO_LARGE, EMPTY_FILE.
 */
export async function fetchImage(source, signal, onProgress, download) {
    const blob =
        source.kind === 'blob'
            ? source.blob
            : await fetchAddress(source, { signal, onProgress }, download);
    if (blob.size === 0) {
        throw offcutError('EMPTY_FILE', 'fetch', 'The picture has no bytes.');
    }
    if (blob.size > fetchLimits().maxBytes) {
        const { code, message, facts } = pictureTooLarge(blob.size);
        throw offcutError(code, 'fetch', message, facts);
    }
    return blob;
}

/**
 * @param {AddressSource} source
 * @param {Pick<import('./picture_fetcher.js').Terms, 'signal' | 'onProgress'>} terms
 * @param {Download} download
 */
async function fetchAddress(source, { signal, onProgress }, download) {
    const { url, other, cookies = false } = source;
    const terms = { signal, onProgress, cookies, mayEnter: mayEnter(source) };
    /** @type {unknown} */
    let first;
    for (const address of other ? [url, other] : [url]) {
        try {
            if (isPrivateHost(address) && !terms.mayEnter) throw isPrivate(address);
            return await fetchOne({ ...source, url: address }, () => download(address, terms));
        } catch (error) {
            if (signal.aborted) throw error;
            first ??= error;
        }
    }
    if (source.instead) return source.instead;
    throw withSource(first, source);
}

/**
 * Only a page that is in the user's network itself may lead us there, and the user who typed
 * the address: then there is no page.
 *
 * @param {AddressSource} source
 */
function mayEnter({ page }) {
    return page === undefined || isPrivateHost(page);
}

/**
 * @param {AddressSource} source
 * @param {() => Promise<Blob>} attempt
 */
async function fetchOne({ url, referer }, attempt) {
    try {
        return await attempt();
    } catch (plain) {
        const code = plain instanceof OffcutError ? plain.failure.code : '';
        if (!referer || !ABOUT_REFERER.has(code)) throw plain;
        try {
            return await withReferer(url, referer, attempt);
        } catch (error) {
            // The plain answer says more than the one to a borrowed name.
            throw error instanceof RefererRuleError ? withDetail(plain, error.message) : plain;
        }
    }
}

/**
 * @param {unknown} plain  Why the picture was not had.
 * @param {string} refererRule  Why the second request was not tried.
 */
function withDetail(plain, refererRule) {
    if (!(plain instanceof OffcutError)) return plain;
    const { code, stage, message, detail } = plain.failure;
    return offcutError(code, stage, message, { ...detail, refererRule });
}

/** @param {string} url */
function isPrivate(url) {
    return offcutError('PRIVATE_ADDRESS', 'fetch', 'The page is not in that network.', {
        host: new URL(url).host,
    });
}

/**
 * @param {unknown} error
 * @param {AddressSource} source
 */
function withSource(error, source) {
    if (!(error instanceof OffcutError)) return error;
    const { code, stage, message, detail } = error.failure;
    const { place = {}, clicked } = source;
    /** @type {Record<string, string | number>} */
    const again = clicked ? { clicked, tabId: JSON.parse(clicked).tabId } : {};
    // What a person has given is on no page, so its text speaks of none.
    /** @type {Record<string, number>} */
    const given = source.page === undefined ? { given: 1 } : {};
    const facts = { ...detail, ...place, ...again, ...given, source: JSON.stringify(source) };
    return offcutError(code, stage, message, facts);
}
