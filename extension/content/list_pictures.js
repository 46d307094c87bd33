/**
 * @file All pictures that this frame shows.
 *
 * Decides: which are listed (shown ones, each address once, shadow roots too, backgrounds as well),
 * how many at most, and how large each is said to be.
 */

/** More than a person would look through; a page may go on for ever. */
function mostListed() {
    return 500;
}

/**
 * @returns {Promise<{ pictures: import('../messages/page_types.js').ListedPicture[],
 *     hasMore: boolean }>}  In the order of the page.
 */
async function listPictures() {
    /** @type {Map<unknown, PagePicture>} */
    const found = new Map();
    for (const picture of picturesOneByOne(everyElement(document))) {
        const key = picture.urls[0] ?? picture.element;
        if (found.has(key) || isSpeck(picture)) continue;
        if (found.size === mostListed()) return { pictures: await listed(found), hasMore: true };
        found.set(key, picture);
    }
    return { pictures: await listed(found), hasMore: false };
}

/** @param {Map<unknown, PagePicture>} found */
async function listed(found) {
    const pictures = [...found.values()];
    for (const picture of pictures) picture.shown = whatIsShown(picture);
    // What moves is taken as it is now; the person sees it so.
    await Promise.all(pictures.map(keepPixels));
    return pictures.map((picture) => {
        return { ...report(picture), ...listedSize(picture) };
    });
}

/**
 * @param {Document | ShadowRoot} root
 * @returns {Generator<Element>}
 */
function* everyElement(root) {
    for (const element of builtIn(root, 'querySelectorAll')('*')) {
        yield element;
        const inner = shadowRootOf(element);
        if (inner) yield* everyElement(inner);
    }
}

/**
 * Its own size where the element knows that, else the size of its box.
 *
 * @param {PagePicture} picture
 * @returns {{ width: number, height: number }}  Pixels.
 */
function listedSize({ element, kind, style }) {
    const own = sizeOf(element, kind);
    if (!style && own.width * own.height > 0) return own;
    const { width, height } = boxOf(element);
    return { width: Math.round(width), height: Math.round(height) };
}
