/**
 * @file The stage: the picture on its canvas, with zoom, pan and the two layers to compare.
 */

import { byId } from '../../ui/dom.js';
import { paintStage } from './paint_stage.js';
import { fitted, inSource, kept, onScreen, within, zoomed } from './view_geometry.js';

/** @typedef {import('./paint_stage.js').Layer} Layer */
/** @typedef {import('./view_geometry.js').Box} Box */
/** @typedef {import('./view_geometry.js').Point} Point */

/** Pixels of the stage for one of the result, at most. */
export const LARGEST_ZOOM = 8;
const SMALLEST_ZOOM = 0.02;
/** CSS pixels around a fitted picture, and on a small stage. */
const GAP = 32;
const SMALL_GAP = 12;
const SMALL_STAGE = 500;
/** The handle of the divider is as wide as in editor.css. */
const HANDLE_WIDTH = 44;

export class Stage {
    /** @type {import('./paint_stage.js').Scene} */
    scene = {
        size: { width: 1, height: 1 },
        density: 1,
        view: { x: 0, y: 0, scale: 1 },
        original: null,
        result: null,
        divider: 0,
        showsOriginal: false,
        showsGhost: false,
        strokes: [],
        cursor: null,
    };
    element = byId('stage', HTMLElement);
    canvas = byId('view', HTMLCanvasElement);
    #paper = byId('paper', HTMLElement);
    #compare = byId('compare', HTMLInputElement);
    /** Pixels of the saved result for one of the source. */
    #resultScale = 1;
    #isFitted = true;
    #frameRequest = 0;
    /** @type {() => void} Called after each drawing. */
    onDrawn = () => undefined;
    /** @type {(zoom: number) => void} Told after each drawing. */
    onZoomed = () => undefined;

    constructor() {
        // The keys go to the picture, not to a screen reader's own reading.
        this.canvas.setAttribute('role', 'application');
        new ResizeObserver(() => this.#resized()).observe(this.element);
        this.#compare.addEventListener('input', () => this.redraw());
    }

    /** Zoom as people count it: 1 is one pixel of the result for one of the page. */
    get zoom() {
        return this.scene.view.scale / this.#resultScale;
    }

    /** @param {Layer} layer */
    showOriginal(layer) {
        this.scene.original = layer;
        this.#compare.hidden = false;
        this.redraw();
    }

    /**
     * @param {Layer} layer
     * @param {number} width  Of the result when it is saved; `layer` may be smaller.
     */
    showResult(layer, width) {
        const former = this.scene.result?.box;
        this.scene.result = layer;
        this.#resultScale = width / layer.box.width;
        const { view } = this.scene;
        if (!former || this.#isFitted) {
            this.fit();
        } else if (former.width === layer.box.width && former.height === layer.box.height) {
            // The frame stays, and the subject moves in it.
            view.x += (former.left - layer.box.left) * view.scale;
            view.y += (former.top - layer.box.top) * view.scale;
        }
        this.redraw();
    }

    /** Show the whole result. */
    fit() {
        const { size, result } = this.scene;
        this.#isFitted = true;
        const gap = Math.min(size.width, size.height) < SMALL_STAGE ? SMALL_GAP : GAP;
        if (result) this.scene.view = fitted(result.box, size, gap);
        this.redraw();
    }

    /**
     * @param {number} zoom   As in `zoom`.
     * @param {Point} [point] Stays where it is; the middle if absent.
     */
    zoomTo(zoom, point = { x: this.scene.size.width / 2, y: this.scene.size.height / 2 }) {
        const wanted = within(zoom, SMALLEST_ZOOM, LARGEST_ZOOM) * this.#resultScale;
        this.scene.view = zoomed(this.scene.view, point, wanted);
        this.#moved();
    }

    /**
     * @param {number} x  CSS pixels to the right.
     * @param {number} y  CSS pixels down.
     */
    pan(x, y) {
        const { view } = this.scene;
        this.scene.view = { ...view, x: view.x + x, y: view.y + y };
        this.#moved();
    }

    /**
     * @param {Point} point  CSS pixels of the stage.
     * @returns {Point}      Source pixels.
     */
    toSource(point) {
        return inSource(this.scene.view, point);
    }

    /**
     * Whether a point of the stage lies in the result.
     *
     * @param {Point} point
     */
    hasResultAt({ x, y }) {
        if (!this.scene.result) return false;
        const { left, top, width, height } = onScreen(this.scene.view, this.scene.result.box);
        return x >= left && x <= left + width && y >= top && y <= top + height;
    }

    /** Draw again with the next picture of the screen. */
    redraw() {
        this.#frameRequest ||= requestAnimationFrame(() => {
            this.#frameRequest = 0;
            this.#draw();
        });
    }

    #moved() {
        this.#isFitted = false;
        const { view, result, size } = this.scene;
        if (result) this.scene.view = kept(view, result.box, size);
        this.redraw();
    }

    #resized() {
        const { clientWidth: width, clientHeight: height } = this.element;
        if (width === 0 || height === 0) return; // not shown yet
        this.scene.size = { width, height };
        if (this.#isFitted) this.fit();
        // At once: setting a canvas's size has emptied it.
        this.#draw();
    }

    #draw() {
        const { scene, canvas } = this;
        scene.density = devicePixelRatio;
        const width = Math.round(scene.size.width * scene.density);
        const height = Math.round(scene.size.height * scene.density);
        if (canvas.width !== width) canvas.width = width;
        if (canvas.height !== height) canvas.height = height;
        scene.divider = this.#divider();
        this.#compare.toggleAttribute('data-resting', this.#compare.valueAsNumber === 0);
        const context = canvas.getContext('2d');
        if (context) paintStage(context, scene);
        this.#placePaper();
        this.onDrawn();
        this.onZoomed(this.zoom);
    }

    /** Where the handle of the divider stands; at its very start there is nothing before it. */
    #divider() {
        const share = this.#compare.valueAsNumber / 100;
        const isComparing = !this.#compare.hidden && !this.scene.showsOriginal && share > 0;
        return isComparing ? HANDLE_WIDTH / 2 + share * (this.scene.size.width - HANDLE_WIDTH) : 0;
    }

    /** What shines through a transparent result lies below the canvas. */
    #placePaper() {
        const { view, result, original, showsOriginal } = this.scene;
        const box = (showsOriginal ? original : result)?.box;
        this.#paper.hidden = !box;
        if (!box) return;
        const { left, top, width, height } = onScreen(view, box);
        Object.assign(this.#paper.style, {
            left: `${left}px`,
            top: `${top}px`,
            width: `${width}px`,
            height: `${height}px`,
        });
    }
}
