/**
 * @file What lies at a place of the page, one thing under the other.
 *
 * Decides: how overlays, shadow roots and elements with pointer-events: none are looked through.
 */

/**
 * All elements at a point, the topmost first: through overlays, into shadow roots, and
 * those that let clicks fall through.
 *
 * @param {ClickPoint} point
 * @returns {Element[]}
 */
function elementsAtPoint(point) {
    /** @type {Set<Element>} */
    const found = new Set();
    collectAtPoint(document, point, found);
    return [...found];
}

/**
 * All elements that may lie under the pointer when it is over another one, for when the
 * point itself is not known; those that lie under most of it first.
 *
 * @param {Element} element  The topmost one under the pointer.
 * @returns {Element[]}
 */
function elementsUnder(element) {
    if (element === builtIn(document, 'body') || element === pageRoot()) return [element];
    const box = visibleBox(element);
    /** @type {Map<Element, number>} */
    const hits = new Map([[element, 1]]);
    for (const right of [0.5, 0.1, 0.3, 0.7, 0.9]) {
        for (const down of [0.5, 0.1, 0.3, 0.7, 0.9]) {
            const point = { x: box.x + right * box.width, y: box.y + down * box.height };
            for (const each of elementsAtPoint(point)) hits.set(each, (hits.get(each) ?? 0) + 1);
        }
    }
    return [...hits]
        .sort((one, other) => other[1] - one[1])
        .map(([each]) => each)
        .filter((each) => !wouldBeOnTop(each, element));
}

/**
 * Were the pointer over this, it would be over this and not over what it is inside of.
 *
 * @param {Element} inner
 * @param {Element} outer
 */
function wouldBeOnTop(inner, outer) {
    const isInside = inner !== outer && builtIn(outer, 'contains')(inner);
    return isInside && getComputedStyle(inner).pointerEvents !== 'none';
}

/**
 * The part of an element that is in the viewport.
 *
 * @param {Element} element
 * @returns {{ x: number, y: number, width: number, height: number }}  CSS pixels.
 */
function visibleBox(element) {
    const box = boxOf(element);
    const x = Math.max(0, box.left);
    const y = Math.max(0, box.top);
    const right = Math.min(innerWidth, box.right);
    const bottom = Math.min(innerHeight, box.bottom);
    return { x, y, width: Math.max(0, right - x), height: Math.max(0, bottom - y) };
}

/**
 * @param {Document | ShadowRoot} root
 * @param {ClickPoint} point
 * @param {Set<Element>} found
 */
function collectAtPoint(root, { x, y }, found) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('*, *::before, *::after { pointer-events: auto !important }');
    const own = [...builtIn(root, 'adoptedStyleSheets')]; // the list itself is live
    root.adoptedStyleSheets = [...own, sheet];
    const elements = builtIn(root, 'elementsFromPoint')(x, y);
    root.adoptedStyleSheets = own;
    for (const element of elements) {
        // A shadow root names its host too, and what is around that.
        if (found.has(element) || builtIn(element, 'getRootNode')() !== root) continue;
        const inner = shadowRootOf(element);
        if (inner) collectAtPoint(inner, { x, y }, found);
        found.add(element);
    }
}
