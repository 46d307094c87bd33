/**
 * @file Which pictures a click may mean.
 *
 * Decides: which is meant first, what is left out (counting pixels, things not shown, the page's
 * own backdrop), what the shortcut takes: under the pointer, else with the focus.
 */

/** So many can be chosen from at a glance; a page may have thousands at one place. */
function mostChoices() {
    return 12;
}

/**
 * @param {import('../messages/page_types.js').FindRequest} request
 * @returns {PagePicture[]}  The likeliest first, and perhaps one more than can be chosen from;
 *     the only one if the click named it.
 */
function findPictures({ srcUrl, media, from }) {
    const nearby = picturesHere(from);
    if (!srcUrl) {
        // Chromium leaves an address of more than two megabytes, a large data: one, out, and a
        // video that is no file has none.
        const kinds = media === 'video' ? ['video', 'poster'] : [media === 'image' ? 'img' : ''];
        const meant = nearby.find(({ kind }) => kinds.includes(kind));
        return meant ? [meant] : nearby;
    }
    const named = nearby.find((each) => shows(each, srcUrl));
    if (named) return [named];
    const shown = builtIn(document, 'querySelectorAll')('img, video, input, object, embed');
    const elsewhere = Array.from(shown)
        .flatMap((element) => ownPicture(element) ?? [])
        .find((each) => shows(each, srcUrl));
    return elsewhere ? [elsewhere] : [];
}

/**
 * @param {PagePicture} picture
 * @param {string} srcUrl
 */
function shows({ element, urls }, srcUrl) {
    const isShown = 'currentSrc' in element && element.currentSrc === srcUrl;
    return isShown || urls.includes(srcUrl);
}

/** @param {'click' | 'keyboard'} from */
function picturesHere(from) {
    const { point, hovered } = contentState();
    if (from === 'click' && point) return picturesOf(elementsAtPoint(point));
    const under = hovered ? picturesOf(elementsUnder(hovered)) : [];
    const focused = from === 'keyboard' ? innermostFocused() : null;
    return under.length > 0 || !focused ? under : picturesOf(withInside(focused));
}

/** @param {Element} element */
function withInside(element) {
    return [element, ...builtIn(element, 'querySelectorAll')('*')];
}

/** @param {Iterable<Element>} elements */
function* picturesOneByOne(elements) {
    for (const element of elements) yield* picturesOfElement(element);
}

/**
 * @param {Element[]} elements
 * @returns {PagePicture[]}
 */
function picturesOf(elements) {
    /** @type {Map<string, PagePicture>} */
    const found = new Map();
    const numbers = new Map();
    for (const picture of picturesOneByOne(elements)) {
        if (found.size > mostChoices()) break;
        if (!numbers.has(picture.element)) numbers.set(picture.element, numbers.size);
        const key = picture.urls[0] ?? `${picture.kind} ${numbers.get(picture.element)}`;
        if (!found.has(key) && !isSpeck(picture)) found.set(key, picture);
    }
    const all = [...found.values()];
    // What lies behind the whole page is meant only where nothing else is.
    const roots = [builtIn(document, 'body'), pageRoot()];
    const inside = all.filter(({ element }) => !roots.includes(element));
    return inside.length > 0 ? inside : all;
}

/**
 * A counting pixel, or something that is not shown at all.
 *
 * @param {PagePicture} picture
 */
function isSpeck({ element }) {
    const smallest = 8;
    const { width, height } = boxOf(element);
    return width < smallest || height < smallest;
}
