/**
 * @file The chosen tool: tap, hand, or a brush with its size, ring and stroke.
 *
 * Decides: which tool is chosen, how large the brush is and by how much [ and ] change it, where
 * the ring is, and the hint below the tools. The smallest and the largest size: result/result.html.
 */

import { byId } from '../../ui/dom.js';
import { text } from '../../ui/i18n.js';
import { Loupe } from './loupe.js';
import { StrokeRecorder } from './stroke_recorder.js';
import { clamp } from './view_geometry.js';

/** @typedef {import('../../messages/edit_types.js').Stroke} Stroke */
/** @typedef {import('./view_geometry.js').Point} Point */

/** Factor of the size for each press of [ or ]. */
const SIZE_FACTOR = 1.2;

export class Brush {
    /** @type {StrokeRecorder | null} */
    #recorder = null;
    /** Position of the pointer, or where the keys have moved it. */
    #place = { x: 0, y: 0 };
    #size = byId('brush-size', HTMLInputElement);
    #tools = byId('tools', HTMLElement);
    #loupe;
    #stage;
    #onStroke;
    #onChange;

    /**
     * @param {import('./stage.js').Stage} stage
     * @param {(stroke: Stroke) => void} onStroke  Called with every finished stroke.
     * @param {() => void} onChange  Called when the tool or its ring changes.
     */
    constructor(stage, onStroke, onChange) {
        this.#stage = stage;
        this.#loupe = new Loupe(stage);
        this.#onStroke = onStroke;
        this.#onChange = onChange;
        stage.onDrawn = () => this.#loupe.show(this.#recorder ? this.#place : null);
        this.#tools.addEventListener('change', () => this.#applyTool());
        this.#size.addEventListener('input', () => this.showRing());
    }

    /** @returns {Stroke['kind'] | 'tap' | 'hand'}  The chosen tool; the hand moves the picture. */
    get tool() {
        const chosen = this.#tools.querySelector('input:checked');
        const value = chosen instanceof HTMLInputElement ? chosen.value : 'hand';
        return /** @type {Stroke['kind'] | 'tap' | 'hand'} */ (value);
    }

    /** @returns {Stroke['kind'] | null}  Null if the tool is no brush. */
    get kind() {
        const { tool } = this;
        return tool === 'hand' || tool === 'tap' ? null : tool;
    }

    /** Whether a stroke is being drawn. */
    get isDrawing() {
        return this.#recorder !== null;
    }

    /** The unfinished stroke, as a list. */
    get strokes() {
        return this.#recorder ? [this.#recorder.stroke] : [];
    }

    /** @param {string} tool */
    take(tool) {
        byId(`tool-${tool}`, HTMLInputElement).checked = true;
        this.#applyTool();
    }

    /** @param {1 | -1} direction  Larger or smaller. */
    resize(direction) {
        const { min, max, valueAsNumber } = this.#size;
        const wanted = valueAsNumber * SIZE_FACTOR ** direction + direction;
        this.#size.valueAsNumber = Math.round(clamp(wanted, Number(min), Number(max)));
        this.showRing();
    }

    /** @param {Point} point  CSS pixels of the stage. */
    begin(point) {
        if (!this.kind) return;
        const radius = this.#radius / this.#stage.scene.view.scale;
        this.#recorder = new StrokeRecorder(this.kind, radius);
        this.move(point);
    }

    /** Begin a stroke where the ring is. */
    #beginHere() {
        this.enter();
        this.begin(this.#place);
    }

    /** @param {Point} point */
    move(point) {
        this.#place = point;
        this.#recorder?.add(this.#stage.toSource(point));
        this.showRing();
    }

    /** Begin or finish a stroke by the Enter key. */
    press() {
        if (this.isDrawing) this.end();
        else this.#beginHere();
    }

    /** Finish the stroke. */
    end() {
        const stroke = this.#recorder?.stroke;
        this.#recorder = null;
        if (stroke) this.#onStroke(stroke);
        this.showRing();
    }

    /** Drop the stroke. */
    cancel() {
        this.#recorder = null;
        this.showRing();
    }

    /** Draw the brush's ring at its position. */
    showRing() {
        const { kind } = this;
        const { scene } = this.#stage;
        scene.cursor = kind ? { ...this.#place, radius: this.#radius, kind } : null;
        this.#onChange();
    }

    /** The pointer has left the stage. */
    hideRing() {
        this.#stage.scene.cursor = null;
        this.#stage.redraw();
    }

    /**
     * Move the brush by a key.
     *
     * @param {number} x  CSS pixels.
     * @param {number} y
     */
    step(x, y) {
        if (!this.#stage.scene.cursor) this.enter();
        const { width, height } = this.#stage.scene.size;
        this.move({
            x: clamp(this.#place.x + x, 0, width),
            y: clamp(this.#place.y + y, 0, height),
        });
    }

    /** Put the brush where the keys begin: in the middle, if it is not on the picture. */
    enter() {
        const { width, height } = this.#stage.scene.size;
        if (!this.#stage.hasResultAt(this.#place)) this.#place = { x: width / 2, y: height / 2 };
        this.showRing();
    }

    get #radius() {
        return this.#size.valueAsNumber / 2;
    }

    #applyTool() {
        this.#recorder = null;
        const { tool } = this;
        byId('brush', HTMLElement).hidden = tool === 'hand';
        byId('brush-width', HTMLElement).hidden = !this.kind;
        if (tool !== 'hand') {
            byId('tool-hint', HTMLElement).textContent = text(`edit_hint_${tool}`);
        }
        this.#stage.element.dataset.tool = tool;
        if (!this.kind) this.#stage.scene.cursor = null;
        this.#onChange();
    }
}
