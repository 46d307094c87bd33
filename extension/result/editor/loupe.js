/**
 * @file The loupe: shows enlarged what is under the brush, beside the pointer or finger that hides it.
 *
 * Decides: how much it enlarges and where it goes.
 */

import { byId } from '../../ui/dom.js';
import { clamp } from './view_geometry.js';

const FACTOR = 3;
/** CSS pixels between the pointer and the loupe. */
const DISTANCE = 36;

export class Loupe {
    #canvas = byId('loupe', HTMLCanvasElement);
    #stage;

    /** @param {import('./stage.js').Stage} stage */
    constructor(stage) {
        this.#stage = stage;
    }

    /** @param {import('./view_geometry.js').Point | null} point  CSS pixels of the stage; null hides it. */
    show(point) {
        this.#canvas.hidden = point === null;
        if (!point) return;
        const { canvas: source, scene } = this.#stage;
        const side = this.#canvas.clientWidth;
        const pixels = Math.round(side * scene.density);
        if (this.#canvas.width !== pixels) {
            this.#canvas.width = pixels;
            this.#canvas.height = pixels;
        }
        const context = this.#canvas.getContext('2d');
        const part = pixels / FACTOR;
        const [x, y] = [point.x * scene.density - part / 2, point.y * scene.density - part / 2];
        context?.clearRect(0, 0, pixels, pixels);
        if (context) context.imageSmoothingEnabled = false;
        context?.drawImage(source, x, y, part, part, 0, 0, pixels, pixels);
        this.#place(point, side);
    }

    /**
     * Above the pointer where there is room, else below it.
     *
     * @param {import('./view_geometry.js').Point} point
     * @param {number} side
     */
    #place({ x, y }, side) {
        const { width, height } = this.#stage.scene.size;
        const above = y - side - DISTANCE;
        const left = clamp(x - side / 2, 0, Math.max(0, width - side));
        const top = above >= 0 ? above : clamp(y + DISTANCE, 0, Math.max(0, height - side));
        this.#canvas.style.left = `${left}px`;
        this.#canvas.style.top = `${top}px`;
    }
}
