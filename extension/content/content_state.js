/**
 * @file What the content script of one frame knows from one click to the next.
 *
 * Decides: what is remembered: the clicked place, found pictures and their numbers, how replaced
 * pictures are put back.
 *
 * The files of this folder are classic scripts that share one scope, the extension's own
 * world in the page; a click injects them anew, so they declare functions only, and what
 * must outlive a click is here.
 */

/** @typedef {{ x: number, y: number }} ClickPoint  CSS pixels in this frame's viewport. */

/**
 * One picture that was found in the page.
 *
 * @typedef {object} PagePicture
 * @property {Element} element   That shows it.
 * @property {string} kind       One of the kinds in `extension/PICTURES.md`.
 * @property {string[]} urls     Its addresses, the largest first; none if it has only pixels.
 * @property {string} [label]    What the page calls it.
 * @property {string} [style]    The CSS property that shows it.
 * @property {string} [pseudo]   The pseudo-element that shows it.
 * @property {Promise<PagePixels>} [pixels]  As they were at the click, of what changes.
 * @property {Shown} [shown]     What the element showed at the click.
 * @property {import('../messages/page_types.js').ClickedSpot} [spot]  Where in it the click was.
 * @property {RequestCredentials} [credentials]  Of what is asked for it; as in the page by default.
 */

/**
 * @typedef {object} ContentState
 * @property {ClickPoint | null} point     Of the last right-click since the first injection.
 * @property {Element | null} hovered      What the pointer was over when a click injected us.
 * @property {Map<number, PagePicture>} pictures  By the number under which they were reported.
 * @property {number} nextPicture
 * @property {Replacement[]} replaced      Pictures that can be put back, the last one last.
 * @property {{ replacement: Replacement, close: () => void } | null} panel  That says what was
 *     replaced last, while it is open.
 * @property {AbortController} reading     Ends what is being read.
 * @property {boolean} isServing
 * @property {boolean} isRemembering
 */

/** @returns {ContentState} */
function contentState() {
    const key = Symbol.for('offcut.content');
    const known = Reflect.get(globalThis, key);
    if (known) return known;
    /** @type {ContentState} */
    const fresh = {
        point: null,
        hovered: null,
        pictures: new Map(),
        nextPicture: 1,
        replaced: [],
        panel: null,
        reading: new AbortController(),
        isServing: false,
        isRemembering: false,
    };
    Reflect.set(globalThis, key, fresh);
    return fresh;
}

/**
 * @param {PagePicture} picture
 * @returns {number}
 */
function numberPicture(picture) {
    const state = contentState();
    for (const [number, known] of state.pictures) if (known === picture) return number;
    const number = state.nextPicture++;
    state.pictures.set(number, picture);
    return number;
}
