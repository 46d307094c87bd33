/**
 * @file A rectangle of what the tab shows, which a person draws over the page.
 *
 * Decides: that it is taken as soon as the pointer lets go; the keys that move it (arrows), resize it
 * (Shift and arrows), take it (Enter) and leave it (Escape); the smallest one.
 */

/** A slip of the hand is none, in CSS pixels. */
function smallestRegion() {
    return 8;
}

/** @typedef {{ x: number, y: number, width: number, height: number }} Region  CSS pixels. */

/**
 * @returns {Promise<import('../messages/page_types.js').PictureBox | null>}  Null where none is
 *     wanted, or the page does not let it be drawn. Nothing of ours is seen any more by then.
 */
async function chooseRegion() {
    const region = await drawRegion();
    for (let frame = 0; frame < 2; frame++) await nextFrame();
    return region && { ...region, viewport: innerWidth };
}

/** @returns {Promise<Region | null>} */
function drawRegion() {
    /** @type {{ left: Region | null, gone: Region | null }} */
    const unasked = { left: null, gone: null };
    return askOverPage(unasked, (panel, answer) => {
        panel.className += ' region';
        panel.ariaLabel = panelText('region_hint');
        const frame = builtIn(document, 'createElement')('div');
        frame.className = 'frame';
        panel.append(frame, panelSentence(panelText('region_hint')));
        /** @type {Region} */
        let region = {
            x: innerWidth / 4,
            y: innerHeight / 4,
            width: innerWidth / 2,
            height: innerHeight / 2,
        };
        const show = (/** @type {Region} */ next) => {
            region = next;
            frame.style.left = `${next.x}px`;
            frame.style.top = `${next.y}px`;
            frame.style.width = `${next.width}px`;
            frame.style.height = `${next.height}px`;
        };
        followPointer(panel, show, answer);
        panel.addEventListener('keydown', (event) => {
            if (!event.isTrusted) return;
            if (event.key === 'Enter') answer(region);
            const next = movedRegion(region, event);
            if (!next) return;
            event.preventDefault();
            show(next);
        });
        show(region);
    });
}

/**
 * @param {HTMLElement} panel
 * @param {(region: Region) => void} show
 * @param {(region: Region) => void} take
 */
function followPointer(panel, show, take) {
    /** @type {{ x: number, y: number } | null} */
    let start = null;
    panel.addEventListener('pointerdown', (event) => {
        if (!event.isTrusted || event.button !== 0) return;
        start = { x: event.clientX, y: event.clientY };
        panel.setPointerCapture(event.pointerId);
    });
    panel.addEventListener('pointermove', (event) => {
        if (event.isTrusted && start) show(between(start, event));
    });
    panel.addEventListener('pointerup', (event) => {
        if (!event.isTrusted || !start) return;
        const drawn = between(start, event);
        start = null;
        if (Math.min(drawn.width, drawn.height) >= smallestRegion()) take(drawn);
    });
}

/**
 * @param {{ x: number, y: number }} start
 * @param {PointerEvent} event
 * @returns {Region}  Within the window.
 */
function between(start, { clientX, clientY }) {
    const x = Math.min(Math.max(clientX, 0), innerWidth);
    const y = Math.min(Math.max(clientY, 0), innerHeight);
    return {
        x: Math.min(start.x, x),
        y: Math.min(start.y, y),
        width: Math.abs(x - start.x),
        height: Math.abs(y - start.y),
    };
}

/**
 * @param {Region} region
 * @param {KeyboardEvent} event
 * @returns {Region | null}  Within the window; null for another key.
 */
function movedRegion({ x, y, width, height }, { key, shiftKey }) {
    const step = 10;
    const right = { ArrowRight: step, ArrowLeft: -step }[key] ?? 0;
    const down = { ArrowDown: step, ArrowUp: -step }[key] ?? 0;
    if (!right && !down) return null;
    const within = (
        /** @type {number} */ value,
        /** @type {number} */ least,
        /** @type {number} */ most,
    ) => Math.min(Math.max(value, least), most);
    if (shiftKey) {
        const least = smallestRegion();
        return {
            x,
            y,
            width: within(width + right, least, innerWidth - x),
            height: within(height + down, least, innerHeight - y),
        };
    }
    return {
        x: within(x + right, 0, innerWidth - width),
        y: within(y + down, 0, innerHeight - height),
        width,
        height,
    };
}
