/**
 * @file Records about pictures in web pages: where they are found, seen and read. No code.
 *
 * Decides: which fields a found picture, its address and its place have.
 */

/**
 * Where a picture comes from: an address that we may read, or its bytes. `notices` are codes
 * of what the user must know about the bytes.
 *
 * @typedef {AddressSource | { kind: 'blob', blob: Blob, notices?: string[],
 *     spot?: ClickedSpot }} ImageSource
 */

/**
 * Where in a picture a click was, as shares of its width and height; `aspect` is its width by its
 * height, since an address may bring another cut of it than the one that was seen.
 *
 * @typedef {{ x: number, y: number, aspect: number }} ClickedSpot
 */

/**
 * @typedef {object} AddressSource
 * @property {'url'} kind
 * @property {string} url
 * @property {string} [other]    The same picture, smaller, for when `url` cannot be had.
 * @property {string} [page]     Address of the document that shows it.
 * @property {string} [referer]  What its page's own request names; absent for nothing.
 * @property {boolean} [cookies] Its page's own request carries cookies.
 * @property {PicturePlace} [place]  Where it can be seen, for when it cannot be had.
 * @property {string} [clicked]  The click that meant it, for another try; JSON.
 * @property {Blob} [instead]    What the page shows of it, for when it cannot be had.
 * @property {ClickedSpot} [spot]  Where in it the click was.
 */

/**
 * What the browser's click event names; `from` says whether it was a click at all.
 *
 * @typedef {{ srcUrl: string, media: string, from: 'click' | 'keyboard' }} FindRequest
 */

/**
 * A picture in a page, as its content script reports it.
 *
 * @typedef {object} FoundPicture
 * @property {number} number      By which the content script knows it.
 * @property {string} kind
 * @property {string[]} urls      Of http and https only; the largest first.
 * @property {string} label
 * @property {ClickedSpot} [spot]  Where in it the click was.
 * @property {string} page        Address of its document.
 * @property {boolean} anonymous  Its request carries no cookies to another origin.
 * @property {string} referrerPolicy
 */

/**
 * One of all pictures of a page; its size in pixels, of a background that of its box.
 *
 * @typedef {FoundPicture & { width: number, height: number }} ListedPicture
 */

/** @typedef {ListedPicture & { frameId: number }} OfferedPicture  To a person, in frame 0. */

/**
 * CSS pixels in the viewport of the tab, and the width of that viewport.
 *
 * @typedef {{ x: number, y: number, width: number, height: number, viewport: number }} PictureBox
 */

/** @typedef {{ tabId: number, frameId: number, number: number }} PicturePlace */
/** @typedef {PicturePlace & { returnTo: number }} ScreenRequest  And the tab that asks. */

export {};
