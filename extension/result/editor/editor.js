/**
 * @file The editor: one state, which controls and brushes change, the stage shows and the file
 * bar saves.
 */

import { MAX_PREVIEW_PIXELS } from '../../messages/facts.js';
import { byId } from '../../ui/dom.js';
import { BackgroundPictures } from './background_picture.js';
import { Brush } from './brush.js';
import { wireControls } from './editor_controls.js';
import { FileBar } from './file_bar.js';
import { wireGestures } from './gestures.js';
import { History } from './history.js';
import { Latest } from './latest.js';
import { closeLayer, fileLayer, originalLayer, previewLayer } from './layers.js';
import { SavedResult } from './saved_result.js';
import { Stage } from './stage.js';
import { wireStageKeys } from './stage_keys.js';
import { editOf, stateFrom } from './state.js';
import { Status } from './status.js';
import { within } from './view_box.js';

/** @typedef {import('./state.js').EditState} EditState */
/** @typedef {import('../../messages/edit_types.js').Edit} Edit */
/** @typedef {import('../../messages/edit_types.js').EditPreview} EditPreview */
/** @typedef {import('../../messages/types.js').Cutout} Cutout */
/** @typedef {{ state: EditState, edit: Edit, number: number }} Question */

/**
 * @typedef {object} Opening
 * @property {import('./link.js').EditLink} link
 * @property {Edit} edit        What was made of the picture already, or is to be shown.
 * @property {import('../../messages/types.js').JobOptions} options  Of the job.
 * @property {Cutout} cutout    Made with the job's options.
 * @property {string} name      Of the picture.
 * @property {(sentence: string) => void} say
 */

export class Editor {
    stage = new Stage();
    bar = new FileBar();
    /** @type {History<EditState>} */
    history;
    /** @type {EditState} What the result on the stage was made of. */
    #shown;
    /** @type {EditPreview | null} The newest. */
    #preview = null;
    #edits = 0;
    #first;
    #opening;
    #status = new Status(() => this.refresh());
    /** @type {Latest<Question, EditPreview>} */
    #previews;
    #saved;
    #brush;
    #controls;
    #backgrounds;

    /** @param {Opening} opening */
    constructor(opening) {
        this.#opening = opening;
        this.#first = stateFrom({ options: opening.options, strokes: [] });
        this.history = new History(this.#first);
        this.#shown = this.#first;
        const { link } = opening;
        this.#previews = new Latest(
            ({ edit }) => link.ask('edit.preview', { edit, maxPixels: MAX_PREVIEW_PIXELS }),
            (preview, question) => this.#showPreview(preview, question),
            (error) => opening.say(this.#status.failed(error)),
        );
        this.#saved = new SavedResult(
            (edit, isIdle) => link.ask('edit.save', { edit, isIdle }),
            (freshness, cutout) => this.#showSaved(freshness, cutout),
        );
        this.#backgrounds = new BackgroundPictures((blob) => this.#useBackground(blob));
        this.#brush = new Brush(
            this.stage,
            (stroke) => this.change({ strokes: [...this.now.strokes, stroke] }),
            () => this.#showStrokes(),
        );
        this.#controls = wireControls(this, this.#brush);
        this.#wireStage();
    }

    /** The state that is shown by the controls. */
    get now() {
        return this.history.now;
    }

    /** What the engine is to make of it. */
    get edit() {
        return editOf(this.now, this.#opening.options);
    }

    /** Begin with the job's own cutout, before the engine has been asked for anything. */
    async open() {
        const { cutout, name, edit } = this.#opening;
        await this.bar.nameIs(name);
        this.#saved.begin(this.edit, cutout);
        const { blob, width, height } = cutout;
        const box = { left: 0, top: 0, width, height };
        this.stage.showResult(await fileLayer(blob, width, height, box), width);
        // The original fits below only where nothing was cut away or added.
        if (!this.now.crop) await this.#showOriginal();
        const begun = stateFrom(edit);
        const isBegun = JSON.stringify(begun) !== JSON.stringify(this.#first);
        if (isBegun) this.history.change(begun);
        this.refresh();
    }

    /**
     * @param {Partial<EditState>} changes
     * @param {string} [author]  As in History.
     */
    change(changes, author) {
        this.history.change({ ...this.now, ...changes }, author);
        this.refresh();
    }

    /** One step back. */
    undo() {
        this.history.undo();
        this.refresh();
    }

    /** One step forward. */
    redo() {
        this.history.redo();
        this.refresh();
    }

    /** Back to the beginning; that is a step, too, and can be undone. */
    reset() {
        this.history.change(this.#first);
        this.refresh();
    }

    /** Show the state everywhere. */
    refresh() {
        const { now, edit } = this;
        this.#controls.show(now, now !== this.#first);
        this.#backgrounds.show(now.backgroundPicture);
        this.#showStrokes();
        this.#edits += 1;
        this.stage.element.dataset.edit = String(this.#edits);
        this.#status.working();
        this.#previews.request({ state: now, edit, number: this.#edits });
        this.#saved.change(edit);
    }

    /**
     * The engine tells of its work for an edit.
     *
     * @param {import('../../messages/types.js').JobSnapshot} snapshot
     */
    follow({ stages }) {
        this.#status.progress(stages);
    }

    /** The file of what is shown. */
    file() {
        return this.#saved.get(this.edit);
    }

    /** The same as PNG, for the clipboard. */
    async png() {
        const { edit } = this;
        if (edit.options.format === 'png') return this.file();
        const options = { ...edit.options, format: 'png', lossless: false };
        return this.#opening.link.ask('edit.save', { edit: { ...edit, options } });
    }

    #wireStage() {
        const { stage } = this;
        const brush = this.#brush;
        wireGestures({
            stage,
            brush,
            canMoveSubject: () => this.now.frame !== 'none',
            moveSubject: (x, y) => this.#moveSubject(x, y),
            onMoved: () => this.history.settle(),
        });
        wireStageKeys({
            stage,
            brush,
            toggleOriginal: () => byId('show-original', HTMLElement).click(),
        });
    }

    /**
     * @param {EditPreview} preview
     * @param {Question} question
     */
    #showPreview(preview, { state, number }) {
        const isFirst = this.#preview === null;
        this.#preview = preview;
        this.#shown = state;
        closeLayer(this.stage.scene.result);
        this.stage.showResult(previewLayer(preview), preview.size.width);
        this.#showStrokes();
        this.bar.sizeIs(preview.size);
        if (isFirst) this.#showOriginal();
        if (number === this.#edits) this.#status.rest();
        this.stage.element.dataset.shown = String(number);
    }

    /**
     * @param {import('./saved_result.js').Freshness} freshness
     * @param {Cutout | null} cutout
     */
    async #showSaved(freshness, cutout) {
        this.bar.show(freshness, cutout);
        const { now } = this;
        const box = this.#preview?.frame;
        if (!cutout || !box || this.#shown !== now) return;
        // With all its pixels, for who zooms in.
        const layer = await fileLayer(cutout.blob, cutout.width, cutout.height, box);
        if (this.now === now && this.#shown === now) this.stage.showResult(layer, cutout.width);
        else closeLayer(layer);
    }

    async #showOriginal() {
        const element = byId('original', HTMLImageElement);
        try {
            await element.decode();
        } catch {
            return; // the browser cannot show it, a TIFF for one
        }
        const former = this.stage.scene.original;
        this.stage.showOriginal(await originalLayer(element, this.#preview?.source));
        closeLayer(former);
    }

    /** Strokes that no result shows yet. */
    #showStrokes() {
        const waiting = this.now.strokes.filter((each) => !this.#shown.strokes.includes(each));
        this.stage.scene.strokes = [...waiting, ...this.#brush.strokes];
        this.stage.scene.showsGhost =
            this.#brush.kind !== null && byId('ghost', HTMLInputElement).checked;
        this.stage.redraw();
    }

    /** @param {Blob} blob */
    async #useBackground(blob) {
        const background = crypto.randomUUID();
        this.#status.working();
        try {
            await this.#opening.link.ask('edit.background', { background, blob });
        } catch (error) {
            this.#opening.say(this.#status.failed(error));
            return;
        }
        this.#backgrounds.add(background, blob);
        this.change({ backgroundKind: 'picture', backgroundPicture: background });
    }

    /**
     * @param {number} x  CSS pixels.
     * @param {number} y
     */
    #moveSubject(x, y) {
        const { view } = this.stage.scene;
        const space = this.#preview?.space;
        if (!space) return;
        const moved = (
            /** @type {number} */ position,
            /** @type {number} */ by,
            /** @type {number} */ room,
        ) => (room === 0 ? position : within(position + ((by / view.scale) * 100) / room, 0, 100));
        this.change(
            {
                positionX: moved(this.now.positionX, x, space.width),
                positionY: moved(this.now.positionY, y, space.height),
            },
            'position',
        );
    }
}
