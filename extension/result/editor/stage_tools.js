/**
 * @file The tools of the editor: hand, tap and brushes, with their gestures and keys on the stage.
 *
 * Decides: what a tool changes in the edit.
 */

import { byId } from '../../ui/dom.js';
import { text } from '../../ui/i18n.js';
import { Brush } from './brush.js';
import { wireGestures } from './gestures.js';
import { wireStageKeys } from './stage_keys.js';
import { moveSubject } from './subject_position.js';
import { TapTool } from './tap_tool.js';

/**
 * @typedef {object} Parts
 * @property {import('./editor.js').Editor} editor
 * @property {import('./stage_content.js').StageContent} content
 * @property {import('./edit_link.js').EditLink} link
 * @property {import('./status.js').Status} status
 */

export class StageTools {
    /** @type {Brush} */
    brush;
    /** @type {TapTool} */
    #taps;
    #parts;

    /** @param {Parts} parts */
    constructor(parts) {
        this.#parts = parts;
        const { editor } = parts;
        const { stage } = editor;
        this.brush = new Brush(
            stage,
            (stroke) => editor.change({ strokes: [...editor.now.strokes, stroke] }),
            () => this.show(),
        );
        this.#taps = this.#createTaps();
        const { brush } = this;
        const taps = this.#taps;
        wireGestures({
            stage,
            brush,
            taps,
            canMoveSubject: () => editor.now.frame !== 'none',
            moveSubject: (x, y) => this.#moveSubject(x, y),
            onMoved: () => editor.history.settle(),
        });
        const toggleOriginal = () => byId('show-original', HTMLElement).click();
        wireStageKeys({ stage, brush, taps, toggleOriginal });
    }

    /** Show what is drawn and tapped, and no result shows yet. */
    show() {
        const { content, editor } = this.#parts;
        content.showStrokes(editor.now, this.brush);
        this.#taps.show();
    }

    /**
     * @param {import('../../messages/page_types.js').ClickedSpot} spot
     * @param {(sentence: string) => void} say
     */
    async tapClicked(spot, say) {
        if (await this.#taps.tapClicked(spot)) say(text('edit_tap_clicked'));
    }

    #createTaps() {
        const { editor, content, link, status } = this.#parts;
        return new TapTool(editor.stage, {
            now: () => editor.now,
            edit: () => editor.edit,
            ask: (body) => link.ask('edit.tap', body),
            change: (strokes) => editor.change({ strokes }),
            source: () => content.preview?.source,
            isChosen: () => this.brush.tool === 'tap',
            onBusy: () => status.showBusy(),
            onFound: () => status.clear(),
            onFailure: (error) => status.showFailure(error),
        });
    }

    /**
     * @param {number} x  CSS pixels.
     * @param {number} y
     */
    #moveSubject(x, y) {
        const { editor, content } = this.#parts;
        const { scale } = editor.stage.scene.view;
        const space = content.preview?.space;
        if (!space) return;
        editor.change(moveSubject(editor.now, { x: x / scale, y: y / scale }, space), 'position');
    }
}
