/**
 * @file Which pictures a click may mean.
 *
 * Decides: which is meant first, what is left out (counting pixels, things not shown, the page's
 * own backdrop), what the shortcut takes: under the pointer, else with the focus.
 */

/**
 * @param {import('../messages/page_types.js').FindRequest} request
 * @returns {PagePicture[]}  The likeliest first; the only one if the click named it.
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
    const elsewhere = Array.from(document.querySelectorAll('img, video, input, object, embed'))
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
    return [element, ...element.querySelectorAll('*')];
}

/**
 * @param {Element[]} elements
 * @returns {PagePicture[]}
 */
function picturesOf(elements) {
    /** @type {Map<string, PagePicture>} */
    const found = new Map();
    const numbers = new Map();
    for (const picture of elements.flatMap(picturesOfElement)) {
        if (!numbers.has(picture.element)) numbers.set(picture.element, numbers.size);
        const key = picture.urls[0] ?? `${picture.kind} ${numbers.get(picture.element)}`;
        if (!found.has(key) && !isSpeck(picture)) found.set(key, picture);
    }
    const all = [...found.values()];
    // What lies behind the whole page is meant only where nothing else is.
    const roots = [document.body, document.documentElement];
    const inside = all.filter(
        ({ element }) => !roots.includes(/** @type {HTMLElement} */ (element)),
    );
    return inside.length > 0 ? inside : all;
}

/**
 * A counting pixel, or something that is not shown at all.
 *
 * @param {PagePicture} picture
 */
function isSpeck({ element }) {
    const smallest = 8;
    const { width, height } = element.getBoundingClientRect();
    return width < smallest || height < smallest;
}
