/**
 * @file The stage: the picture on its canvas, with zoom, pan, and the original to compare with.
 *
 * Decides: the smallest and largest zoom, "fit", the gap around, where the divider is, what stays
 * when the frame changes, sharpness on dense screens.
 */

import { byId } from '../../ui/dom.js';
import { paintStage } from './paint_stage.js';
import {
    boxToScreen,
    clamp,
    fitView,
    keepVisible,
    pointToSource,
    zoomView,
} from './view_geometry.js';

/** @typedef {import('./paint_stage.js').Layer} Layer */
/** @typedef {import('./view_geometry.js').Box} Box */
/** @typedef {import('./view_geometry.js').Point} Point */

/** Most CSS pixels of the stage for one pixel of the result. */
export const LARGEST_ZOOM = 8;
const SMALLEST_ZOOM = 0.02;
/** CSS pixels around a fitted picture; fewer on a small stage. */
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
        regions: [],
        hover: null,
        cursor: null,
    };
    element = byId('stage', HTMLElement);
    canvas = byId('view', HTMLCanvasElement);
    #background = byId('paper', HTMLElement);
    #compare = byId('compare', HTMLInputElement);
    /** Pixels of the saved result for one pixel of the source. */
    #resultScale = 1;
    #isFitted = true;
    #frameRequest = 0;
    /** @type {() => void} Called after each drawing. */
    onDrawn = () => undefined;
    /** @type {(zoom: number) => void} Called after each drawing. */
    onZoomed = () => undefined;

    constructor() {
        // So a screen reader passes the keys on to the picture.
        this.canvas.setAttribute('role', 'application');
        new ResizeObserver(() => this.#resize()).observe(this.element);
        this.#compare.addEventListener('input', () => this.redraw());
    }

    /** The zoom as shown: 1 is one pixel of the result for one CSS pixel. */
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
     * @param {number} width  Pixels of the result when saved; `layer` may have fewer.
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
        if (result) this.scene.view = fitView(result.box, size, gap, this.#resultScale);
        this.redraw();
    }

    /**
     * @param {number} zoom   As in `zoom`.
     * @param {Point} [point] The picture does not move there; the middle if absent.
     */
    zoomTo(zoom, point = { x: this.scene.size.width / 2, y: this.scene.size.height / 2 }) {
        const wanted = clamp(zoom, SMALLEST_ZOOM, LARGEST_ZOOM) * this.#resultScale;
        this.scene.view = zoomView(this.scene.view, point, wanted);
        this.#afterMove();
    }

    /**
     * @param {number} x  CSS pixels to the right.
     * @param {number} y  CSS pixels down.
     */
    pan(x, y) {
        const { view } = this.scene;
        this.scene.view = { ...view, x: view.x + x, y: view.y + y };
        this.#afterMove();
    }

    /**
     * @param {Point} point  CSS pixels of the stage.
     * @returns {Point}      Source pixels.
     */
    toSource(point) {
        return pointToSource(this.scene.view, point);
    }

    /**
     * Whether a point of the stage lies in the result.
     *
     * @param {Point} point
     */
    hasResultAt({ x, y }) {
        if (!this.scene.result) return false;
        const { left, top, width, height } = boxToScreen(this.scene.view, this.scene.result.box);
        return x >= left && x <= left + width && y >= top && y <= top + height;
    }

    /** Draw again before the next paint of the screen. */
    redraw() {
        this.#frameRequest ||= requestAnimationFrame(() => {
            this.#frameRequest = 0;
            this.#draw();
        });
    }

    #afterMove() {
        this.#isFitted = false;
        const { view, result, size } = this.scene;
        if (result) this.scene.view = keepVisible(view, result.box, size);
        this.redraw();
    }

    #resize() {
        const { clientWidth: width, clientHeight: height } = this.element;
        if (width === 0 || height === 0) return; // not shown yet
        this.scene.size = { width, height };
        if (this.#isFitted) this.fit();
        // At once, since setting a canvas's size empties it.
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
        this.#placeBackground();
        this.onDrawn();
        this.onZoomed(this.zoom);
    }

    /** Position of the divider, in the middle of its handle; 0 at its start, where it shows nothing. */
    #divider() {
        const share = this.#compare.valueAsNumber / 100;
        const isComparing = !this.#compare.hidden && !this.scene.showsOriginal && share > 0;
        return isComparing ? HANDLE_WIDTH / 2 + share * (this.scene.size.width - HANDLE_WIDTH) : 0;
    }

    /** Put the element that shows through a transparent result below the result. */
    #placeBackground() {
        const { view, result, original, showsOriginal } = this.scene;
        const box = (showsOriginal ? original : result)?.box;
        this.#background.hidden = !box;
        if (!box) return;
        const { left, top, width, height } = boxToScreen(view, box);
        Object.assign(this.#background.style, {
            left: `${left}px`,
            top: `${top}px`,
            width: `${width}px`,
            height: `${height}px`,
        });
    }
}
