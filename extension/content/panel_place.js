/**
 * @file Where in the page a panel of ours can be clicked.
 *
 * An open modal dialogue or a fullscreen element makes everything outside of it inert, even what
 * lies over it in the top layer. So the panel goes inside of it, and out again when it closes.
 */

/**
 * Show a panel where clicks reach it.
 *
 * @param {HTMLElement} host  Holds the panel in its shadow root.
 * @param {HTMLElement} panel
 */
function placePanel(host, panel) {
    for (const place of panelPlaces()) {
        hidePanel(panel); // so that it comes to lie over all the others
        builtIn(place, 'append')(host);
        panel.popover = 'manual';
        panel.showPopover();
        if (isReachable(host, panel)) return;
    }
    // Inert as a whole, or an element is in fullscreen that shows nothing of what is in it.
    hidePanel(panel);
    pageRoot().append(host);
    const around = builtIn(document, 'createElement')('dialog');
    panel.popover = null;
    panel.replaceWith(around);
    around.append(panel);
    around.showModal();
}

/** @param {HTMLElement} panel */
function hidePanel(panel) {
    if (panel.matches(':popover-open')) panel.hidePopover();
    if (panel.parentElement) panel.parentElement.replaceWith(panel); // the dialogue around it
}

/**
 * Is it drawn in this page?
 *
 * @param {HTMLElement} host
 * @param {HTMLElement} panel
 */
function isShown(host, panel) {
    return host.isConnected && host.ownerDocument === document && boxOf(panel).width > 0;
}

/**
 * Does a click on the panel arrive there?
 *
 * @param {HTMLElement} host
 * @param {HTMLElement} panel
 */
function isReachable(host, panel) {
    if (!isShown(host, panel)) return false;
    const { x, y, width, height } = panel.getBoundingClientRect();
    const root = /** @type {Document | ShadowRoot} */ (host.getRootNode());
    return builtIn(root, 'elementFromPoint')(x + width / 2, y + height / 2) === host;
}

/** Where a panel may go, the likeliest first: looked for only as far as is needed. */
function* panelPlaces() {
    yield pageRoot();
    yield* Array.from(builtIn(document, 'querySelectorAll')(':modal')).reverse();
    yield* modalElementsInside(document);
}

/**
 * The modal elements in shadow roots.
 *
 * @param {Document | ShadowRoot} root
 * @returns {Generator<Element, void>}
 */
function* modalElementsInside(root) {
    for (const element of builtIn(root, 'querySelectorAll')('*')) {
        const inner = shadowRootOf(element);
        if (!inner) continue;
        yield* modalElementsInside(inner);
        yield* Array.from(inner.querySelectorAll(':modal')).reverse();
    }
}

/**
 * Ours has no attributes: one that the page has put there may make it inert.
 *
 * @param {HTMLElement} host
 */
function isBare(host) {
    return host.attributes.length === 0;
}

/** @param {HTMLElement} host */
function strip(host) {
    for (const { name } of [...host.attributes]) host.removeAttribute(name);
}

/**
 * Hear of whatever may have taken a panel away or made it inert: dialogues that open and close,
 * and a page that removes, moves or hides it.
 *
 * @param {HTMLElement} host
 * @param {HTMLElement} panel
 * @param {() => void} onChanged
 * @returns {() => void}  Stops it.
 */
function followPage(host, panel, onChanged) {
    const changes = ['toggle', 'close', 'fullscreenchange'];
    for (const type of changes) window.addEventListener(type, onChanged, true);
    // A hidden tab lays nothing out, so the page's own changes are watched, too.
    const size = new ResizeObserver(onChanged);
    size.observe(panel);
    const place = host.parentNode;
    const isElsewhere = () => !host.isConnected || host.parentNode !== place;
    const removal = new MutationObserver(() => isElsewhere() && onChanged());
    for (const node of [document, place]) {
        if (node) removal.observe(node, { childList: true });
    }
    const marking = new MutationObserver(onChanged);
    marking.observe(host, { attributes: true });
    return () => {
        for (const type of changes) window.removeEventListener(type, onChanged, true);
        size.disconnect();
        removal.disconnect();
        marking.disconnect();
    };
}
