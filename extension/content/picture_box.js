/**
 * @file Where a picture is on the screen, for the way that takes it from there.
 *
 * Decides: scrolling into view, frames within frames, and when the place cannot be known (frames of
 * another site).
 */

/**
 * Scrolled into view if it is not, and given the time to be drawn there.
 *
 * @param {PagePicture} picture
 * @returns {Promise<{ x: number, y: number, width: number, height: number, viewport: number } | null>}
 *     CSS pixels in the tab's viewport, and that viewport's width; null if that cannot be known.
 */
async function pictureBox(picture) {
    const { element } = picture;
    if (!builtIn(element, 'isConnected') || !isInPlace(picture)) return null;
    const shown = visibleBox(element);
    if (shown.width < 1 || shown.height < 1) {
        builtIn(
            element,
            'scrollIntoView',
        )({ block: 'center', inline: 'center', behavior: 'instant' });
    }
    for (let frame = 0; frame < 2; frame++) await nextFrame();
    const box = visibleBox(element);
    if (box.width < 1 || box.height < 1) return null;
    const offset = frameOffset();
    if (!offset) return null;
    const viewport = /** @type {Window} */ (window.top).innerWidth;
    return { ...box, x: box.x + offset.x, y: box.y + offset.y, viewport };
}

/** Of this frame in its tab; null inside a frame of another origin. */
function frameOffset() {
    let [x, y] = [0, 0];
    /** @type {Window} */
    let inner = window;
    while (inner !== inner.top) {
        /** @type {Element | null} */
        const frame = inner.frameElement;
        if (!frame) return null;
        const box = frame.getBoundingClientRect();
        x += box.left + frame.clientLeft;
        y += box.top + frame.clientTop;
        inner = inner.parent;
    }
    return { x, y };
}
