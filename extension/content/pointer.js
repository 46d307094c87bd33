/**
 * @file Where the page was clicked.
 *
 * Decides: how the right-clicked place is known, on the first click of a page too; open and closed
 * shadow roots; which element has the focus.
 *
 * The browser's menu tells its extension no place. From the first click in a page on (from
 * the start where all sites are allowed) a listener remembers it. For that first click there
 * is the element that was under the pointer: Chromium 156 keeps `:hover` on it while its
 * menu is open, and until the pointer moves over the page again.
 */

function rememberRightClicks() {
    const state = contentState();
    if (state.isRemembering) return;
    state.isRemembering = true;
    const remember = (/** @type {MouseEvent} */ event) => {
        if (!event.isTrusted) return; // a page's script could make the other kind
        state.point = { x: event.clientX, y: event.clientY };
    };
    window.addEventListener('contextmenu', remember, { capture: true, passive: true });
}

/** The innermost element under the pointer, also inside shadow roots. */
function innermostHovered() {
    let innermost = hoveredIn(document) ?? hoveredInModal();
    for (let root = innermost && shadowRootOf(innermost); root; ) {
        const hovered = hoveredIn(root);
        innermost = hovered ?? innermost;
        root = hovered && shadowRootOf(hovered);
    }
    return innermost;
}

/**
 * @param {Document | ShadowRoot} root
 * @returns {Element | null}
 */
function hoveredIn(root) {
    return Array.from(builtIn(root, 'querySelectorAll')(hoverSelector())).at(-1) ?? null;
}

/** In a page without a doctype, `:hover` alone means links only. */
function hoverSelector() {
    return ':hover:nth-child(n)';
}

/** A modal dialogue in a shadow root is hovered, and what is around it is not. */
function hoveredInModal() {
    for (const modal of modalElementsInside(document)) {
        if (modal.matches(hoverSelector()))
            return hoveredIn(/** @type {ShadowRoot} */ (modal.getRootNode()));
    }
    return null;
}

/** The element that has the keyboard's focus, also inside shadow roots. */
function innermostFocused() {
    let focused = builtIn(document, 'activeElement');
    while (focused) {
        const inner = shadowRootOf(focused)?.activeElement;
        if (!inner) break;
        focused = inner;
    }
    return focused === builtIn(document, 'body') || focused === pageRoot() ? null : focused;
}

/**
 * @param {Element} element
 * @returns {ShadowRoot | null}
 */
function shadowRootOf(element) {
    if (!(element instanceof HTMLElement)) return null;
    // Firefox and Chromium let an extension see into closed roots too.
    const inChromium = chrome.dom?.openOrClosedShadowRoot?.(element);
    if (inChromium) return inChromium;
    const inFirefox = /** @type {any} */ (element).openOrClosedShadowRoot;
    return inFirefox instanceof ShadowRoot ? inFirefox : builtIn(element, 'shadowRoot');
}

rememberRightClicks();
