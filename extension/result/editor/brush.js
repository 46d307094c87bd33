/**
 * @file The tool in the hand: moving, or a brush with its size, ring and stroke.
 */

import { byId } from '../../ui/dom.js';
import { text } from '../../ui/i18n.js';
import { Loupe } from './loupe.js';
import { StrokeInProgress } from './stroke_recorder.js';
import { within } from './view_geometry.js';

/** @typedef {import('../../messages/edit_types.js').Stroke} Stroke */
/** @typedef {import('./view_geometry.js').Point} Point */

/** Of one press of [ or ]. */
const SIZE_FACTOR = 1.2;

export class Brush {
    /** @type {StrokeInProgress | null} */
    #live = null;
    /** Of the pointer, or of the keys. */
    #place = { x: 0, y: 0 };
    #size = byId('brush-size', HTMLInputElement);
    #tools = byId('tools', HTMLElement);
    #loupe;
    #stage;
    #onStroke;
    #onChange;

    /**
     * @param {import('./stage.js').Stage} stage
     * @param {(stroke: Stroke) => void} onStroke  Told of every stroke that is finished.
     * @param {() => void} onChange  Told when another tool is taken.
     */
    constructor(stage, onStroke, onChange) {
        this.#stage = stage;
        this.#loupe = new Loupe(stage);
        this.#onStroke = onStroke;
        this.#onChange = onChange;
        stage.onDrawn = () => this.#loupe.show(this.#live ? this.#place : null);
        this.#tools.addEventListener('change', () => this.#taken());
        this.#size.addEventListener('input', () => this.showRing());
    }

    /**
     * @returns {Stroke['kind'] | null}  Null for the hand.
     */
    get kind() {
        const chosen = this.#tools.querySelector('input:checked');
        const value = chosen instanceof HTMLInputElement ? chosen.value : 'hand';
        return value === 'hand' ? null : /** @type {Stroke['kind']} */ (value);
    }

    /** Whether a stroke is being drawn. */
    get isDrawing() {
        return this.#live !== null;
    }

    /** The stroke so far, which no result shows yet. */
    get strokes() {
        return this.#live ? [this.#live.stroke] : [];
    }

    /** @param {string} tool */
    take(tool) {
        byId(`tool-${tool}`, HTMLInputElement).checked = true;
        this.#taken();
    }

    /** @param {1 | -1} direction  Larger or smaller. */
    resize(direction) {
        const { min, max, valueAsNumber } = this.#size;
        const wanted = valueAsNumber * SIZE_FACTOR ** direction + direction;
        this.#size.valueAsNumber = Math.round(within(wanted, Number(min), Number(max)));
        this.showRing();
    }

    /** @param {Point} point  CSS pixels of the stage. */
    begin(point) {
        if (!this.kind) return;
        const radius = this.#radius / this.#stage.scene.view.scale;
        this.#live = new StrokeInProgress(this.kind, radius);
        this.move(point);
    }

    /** Begin a stroke by a key, where the ring is. */
    beginHere() {
        this.enter();
        this.begin(this.#place);
    }

    /** @param {Point} point */
    move(point) {
        this.#place = point;
        this.#live?.add(this.#stage.toSource(point));
        this.showRing();
    }

    /** The stroke is over. */
    end() {
        const stroke = this.#live?.stroke;
        this.#live = null;
        if (stroke) this.#onStroke(stroke);
        this.showRing();
    }

    /** The stroke shall not count. */
    cancel() {
        this.#live = null;
        this.showRing();
    }

    /** Draw the ring where the brush is. */
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
     * A step of the keys.
     *
     * @param {number} x  CSS pixels.
     * @param {number} y
     */
    step(x, y) {
        const { width, height } = this.#stage.scene.size;
        this.move({
            x: within(this.#place.x + x, 0, width),
            y: within(this.#place.y + y, 0, height),
        });
    }

    /** Where the keys begin: the pointer has not been on the picture, or has left it. */
    enter() {
        const { width, height } = this.#stage.scene.size;
        if (!this.#stage.hasResultAt(this.#place)) this.#place = { x: width / 2, y: height / 2 };
        this.showRing();
    }

    get #radius() {
        return this.#size.valueAsNumber / 2;
    }

    #taken() {
        this.#live = null;
        byId('brush', HTMLElement).hidden = !this.kind;
        if (this.kind) {
            byId('tool-hint', HTMLElement).textContent = text(`edit_hint_${this.kind}`);
        }
        this.#stage.element.dataset.tool = this.kind ?? 'hand';
        if (!this.kind) this.#stage.scene.cursor = null;
        this.#onChange();
    }
}
