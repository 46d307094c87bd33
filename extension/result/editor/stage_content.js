/**
 * @file What the stage shows of an edit: the newest result, the original, and the strokes that
 * no result shows yet.
 *
 * Decides: when a preview gives way to the finished file (never to one with layers), when a stroke or a region is no longer
 * painted above, and with which tools the removed parts are shown.
 */

import { hasLayers } from '../../settings/file_formats.js';
import { byId } from '../../ui/dom.js';
import { closeLayer, fileLayer, originalLayer, previewLayer } from './layers.js';
import { regionLayer } from './region_layer.js';

/** @typedef {import('./edit_state.js').EditState} EditState */
/** @typedef {import('../../messages/edit_types.js').EditPreview} EditPreview */
/** @typedef {import('../../messages/job_types.js').Cutout} Cutout */

export class StageContent {
    /** @type {EditPreview | null} The newest. */
    preview = null;
    #stage;
    /** @type {EditState} The state that the result on the stage was made from. */
    #shown;

    /**
     * @param {import('./stage.js').Stage} stage
     * @param {EditState} first
     */
    constructor(stage, first) {
        this.#stage = stage;
        this.#shown = first;
    }

    /**
     * The job's own cut-out, before there is any preview.
     *
     * @param {Cutout} cutout
     */
    async showFirst({ blob, width, height }) {
        if (hasLayers(blob.type)) return; // the first preview will show it
        const box = { left: 0, top: 0, width, height };
        try {
            this.#stage.showResult(await fileLayer(blob, width, height, box), width);
        } catch (error) {
            console.warn('the first preview will show it:', error); // too large to decode here
        }
    }

    /**
     * @param {EditPreview} preview
     * @param {EditState} state  The state that it was made from.
     */
    showPreview(preview, state) {
        this.preview = preview;
        this.#shown = state;
        closeLayer(this.#stage.scene.result);
        this.#stage.showResult(previewLayer(preview), preview.size.width);
    }

    /**
     * Replace the preview by the finished file, which has all pixels for a user who zooms in.
     *
     * @param {Cutout} cutout
     * @param {EditState} state  The state that it was made from.
     * @param {() => boolean} isCurrent  Whether the editor still has that state.
     */
    async showFile({ blob, width, height }, state, isCurrent) {
        const box = this.preview?.frame;
        if (!box || this.#shown !== state || hasLayers(blob.type)) return;
        const layer = await fileLayer(blob, width, height, box);
        if (isCurrent() && this.#shown === state) this.#stage.showResult(layer, width);
        else closeLayer(layer);
    }

    /** @param {() => Promise<EditPreview>} [ask]  For all of the picture, opaque. */
    async showOriginal(ask) {
        const layer = await this.#original(ask);
        if (!layer) return;
        const former = this.#stage.scene.original;
        this.#stage.showOriginal(layer);
        closeLayer(former);
    }

    /** @param {(() => Promise<EditPreview>) | undefined} ask */
    async #original(ask) {
        const element = byId('original', HTMLImageElement);
        try {
            await element.decode();
        } catch {
            // The browser cannot show it, as a TIFF or HEIC; the engine can.
            return ask ? previewLayer(await ask()) : null;
        }
        return originalLayer(element, this.preview?.source);
    }

    /**
     * @param {EditState} state
     * @param {import('./brush.js').Brush} brush
     */
    showStrokes(state, brush) {
        const { scene } = this.#stage;
        const waiting = state.strokes.filter((each) => !this.#shown.strokes.includes(each));
        const drawn = waiting.filter((each) => 'points' in each);
        const regions = waiting.filter((each) => 'runs' in each);
        const source = this.preview?.source;
        scene.strokes = [...drawn, ...brush.strokes];
        scene.regions = source ? regions.map((each) => regionLayer(each, source)) : [];
        scene.showsGhost = brush.tool !== 'hand' && byId('ghost', HTMLInputElement).checked;
        this.#stage.redraw();
    }
}
