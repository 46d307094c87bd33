/**
 * @file Gestures on the stage: pointer, wheel, and two fingers.
 *
 * Decides: what a mouse button, a drag, the wheel, a pinch and the held space bar do: draw, tap, pan,
 * zoom, or move the subject; how far a tap may slip.
 */

/** @typedef {import('./view_geometry.js').Point} Point */

/** With this factor one notch of a wheel zooms by about a sixth. */
const WHEEL_STEP = 0.0015;
/** A pinch on a touch pad comes as wheel events with much smaller steps. */
const PINCH_STEP = 0.01;
const LINE_PIXELS = 16;
/** CSS pixels that a tap may slip; beyond, it is a drag that moves the picture. */
const SLIP = 8;

/**
 * @typedef {object} Gestures
 * @property {import('./stage.js').Stage} stage
 * @property {import('./brush.js').Brush} brush
 * @property {import('./tap_tool.js').TapTool} taps
 * @property {(x: number, y: number) => void} moveSubject  By CSS pixels; see `canMoveSubject`.
 * @property {() => boolean} canMoveSubject
 * @property {() => void} onMoved       The user has released the subject.
 */

/** @param {Gestures} gestures */
export function wireGestures(gestures) {
    const pointers = new Pointers(gestures);
    const { canvas } = gestures.stage;
    canvas.addEventListener('pointerdown', (event) => pointers.down(event));
    canvas.addEventListener('pointermove', (event) => pointers.move(event));
    canvas.addEventListener('pointerup', (event) => pointers.up(event));
    canvas.addEventListener('pointercancel', (event) => pointers.up(event, true));
    canvas.addEventListener('pointerleave', () => {
        gestures.brush.hideRing();
        gestures.taps.leave();
    });
    canvas.addEventListener('wheel', (event) => wheel(gestures.stage, event), { passive: false });
    window.addEventListener('keydown', (event) => pointers.key(event));
    window.addEventListener('keyup', (event) => pointers.key(event));
    window.addEventListener('blur', () => pointers.releaseKeys());
}

/**
 * @param {import('./stage.js').Stage} stage
 * @param {WheelEvent} event
 */
function wheel(stage, event) {
    event.preventDefault();
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE_PIXELS : 1;
    const [x, y] = [event.deltaX * unit, event.deltaY * unit];
    const isPan = !event.ctrlKey && (x !== 0 || event.shiftKey || event.altKey);
    if (isPan) {
        const isSideways = event.shiftKey && x === 0;
        stage.pan(isSideways ? -y : -x, isSideways ? 0 : -y);
        return;
    }
    const step = event.ctrlKey && Math.abs(y) < 50 ? PINCH_STEP : WHEEL_STEP;
    stage.zoomTo(stage.zoom * Math.exp(-y * step), placeOf(event));
}

class Pointers {
    /** @type {Map<number, Point>} */
    #down = new Map();
    /** @type {'brush' | 'tap' | 'pan' | 'subject' | 'pinch' | null} */
    #act = null;
    /** Where the first of them went down. */
    #start = { x: 0, y: 0 };
    #isSpaceDown = false;
    #gestures;

    /** @param {Gestures} gestures */
    constructor(gestures) {
        this.#gestures = gestures;
    }

    /** @param {PointerEvent} event */
    down(event) {
        const { stage, brush, onMoved } = this.#gestures;
        if (event.button > 1) return;
        stage.canvas.setPointerCapture(event.pointerId);
        this.#down.set(event.pointerId, placeOf(event));
        if (this.#down.size > 1) {
            if (this.#act === 'brush') brush.cancel();
            if (this.#act === 'subject') onMoved();
            this.#act = 'pinch';
            return;
        }
        this.#start = placeOf(event);
        this.#begin(this.#actFor(event));
        if (this.#act === 'brush') brush.begin(this.#start);
    }

    /** @param {PointerEvent} event */
    move(event) {
        const { stage, brush, taps, moveSubject } = this.#gestures;
        const place = placeOf(event);
        const former = this.#down.get(event.pointerId);
        if (!former) {
            if (brush.kind) brush.move(place);
            if (brush.tool === 'tap') taps.move(place);
            return;
        }
        if (this.#act === 'pinch') this.#pinch(event.pointerId, place);
        this.#down.set(event.pointerId, place);
        if (this.#act === 'tap' && this.#hasSlipped(place)) this.#begin('pan');
        if (this.#act === 'brush') {
            for (const each of event.getCoalescedEvents()) brush.move(placeOf(each, stage.canvas));
            brush.move(place);
        }
        if (this.#act === 'pan') stage.pan(place.x - former.x, place.y - former.y);
        if (this.#act === 'subject') moveSubject(place.x - former.x, place.y - former.y);
    }

    /**
     * @param {PointerEvent} event
     * @param {boolean} [isCancelled]
     */
    up(event, isCancelled = false) {
        const { stage, brush, taps, onMoved } = this.#gestures;
        if (!this.#down.delete(event.pointerId) || this.#down.size > 0) return;
        if (this.#act === 'brush' && isCancelled) brush.cancel();
        else if (this.#act === 'brush') brush.end();
        if (this.#act === 'tap' && !isCancelled) taps.tap(this.#start);
        if (this.#act === 'subject') onMoved();
        // After a finger is lifted there is no pointer to show a ring for.
        if (event.pointerType === 'touch') {
            brush.hideRing();
            taps.leave();
        }
        this.#act = null;
        delete stage.element.dataset.grabbing;
    }

    /**
     * The space bar selects the hand while it is held.
     *
     * @param {KeyboardEvent} event
     */
    key(event) {
        const { stage } = this.#gestures;
        if (event.code !== 'Space' || event.target !== stage.canvas) return;
        event.preventDefault(); // it would scroll the page
        this.#isSpaceDown = event.type === 'keydown';
        stage.element.toggleAttribute('data-space', this.#isSpaceDown);
    }

    releaseKeys() {
        this.#isSpaceDown = false;
        this.#gestures.stage.element.removeAttribute('data-space');
    }

    /** @param {'brush' | 'tap' | 'pan' | 'subject'} act */
    #begin(act) {
        this.#act = act;
        this.#gestures.stage.element.dataset.grabbing = String(act === 'pan' || act === 'subject');
    }

    /** @param {Point} place */
    #hasSlipped({ x, y }) {
        return Math.hypot(x - this.#start.x, y - this.#start.y) > SLIP;
    }

    /** @param {PointerEvent} event */
    #actFor(event) {
        const { stage, brush, canMoveSubject } = this.#gestures;
        if (event.button === 1 || this.#isSpaceDown) return 'pan';
        if (brush.tool === 'tap') return 'tap';
        if (brush.kind) return 'brush';
        return canMoveSubject() && stage.hasResultAt(placeOf(event)) ? 'subject' : 'pan';
    }

    /**
     * @param {number} id
     * @param {Point} place  Where a finger has moved.
     */
    #pinch(id, place) {
        const { stage } = this.#gestures;
        const former = this.#down.get(id);
        const [, other] = [...this.#down].find(([each]) => each !== id) ?? [];
        if (!former || !other) return;
        const middle = { x: (place.x + other.x) / 2, y: (place.y + other.y) / 2 };
        const before = Math.hypot(former.x - other.x, former.y - other.y);
        const after = Math.hypot(place.x - other.x, place.y - other.y);
        stage.pan((place.x - former.x) / 2, (place.y - former.y) / 2);
        if (before > 0) stage.zoomTo((stage.zoom * after) / before, middle);
    }
}

/**
 * @param {MouseEvent} event
 * @param {Element} [element]  Target of the event; coalesced events have none.
 * @returns {Point}  CSS pixels of the stage.
 */
function placeOf(event, element = /** @type {Element} */ (event.currentTarget)) {
    const { left, top } = element.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
}
