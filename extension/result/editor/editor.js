/**
 * @file The editor. It has one state: controls and tools change it, the stage shows its
 * result, and the file bar saves it.
 *
 * Decides: what happens after a change: preview, size of the file, undo step; start from an earlier
 * edit, or from a better cut-out; reset; PNG for the clipboard.
 */

import { MAX_PREVIEW_PIXELS } from '../../messages/facts.js';
import { showNotices } from '../notices.js';
import { BackgroundPictures } from './background_picture.js';
import { editOf } from './edit_options.js';
import { stateFrom } from './edit_state.js';
import { wireControls } from './editor_controls.js';
import { FileBar } from './file_bar.js';
import { History } from './history.js';
import { LatestRequest } from './latest_request.js';
import { OutputFile } from './output_file.js';
import { Stage } from './stage.js';
import { StageContent } from './stage_content.js';
import { StageTools } from './stage_tools.js';
import { Status } from './status.js';

/** @typedef {import('./edit_state.js').EditState} EditState */
/** @typedef {import('../../messages/edit_types.js').Edit} Edit */
/** @typedef {import('../../messages/edit_types.js').EditPreview} EditPreview */
/** @typedef {import('../../messages/job_types.js').Cutout} Cutout */
/** @typedef {{ state: EditState, edit: Edit, number: number }} PreviewRequest */

/**
 * @typedef {object} Opening
 * @property {import('./edit_link.js').EditLink} link
 * @property {Edit} edit        What the user has made of the picture before, in another page.
 * @property {import('../../messages/job_types.js').JobOptions} options  Of the job.
 * @property {Cutout} cutout    Made with the job's options.
 * @property {string} name      Of the picture.
 * @property {(sentence: string) => void} say
 * @property {import('../batch_row.js').BatchRow | null} row  The picture of the batch, if it is one.
 * @property {() => void} onFirst    The first preview is shown, or failed.
 * @property {() => void} onChange   The person changes something.
 */

/** Of a stroke. */
const GREATEST_RADIUS = 10_000;

export class Editor {
    stage = new Stage();
    bar = new FileBar();
    /** @type {History<EditState>} */
    history;
    /** Number of the newest edit. */
    #number = 0;
    #first;
    #opening;
    #content;
    #status = new Status(() => this.refresh());
    #previews;
    #file;
    /** @type {StageTools} */
    #tools;
    #controls;
    #backgrounds;

    /** @param {Opening} opening */
    constructor(opening) {
        this.#opening = opening;
        this.#first = stateFrom({ options: opening.options, strokes: [] });
        this.history = new History(this.#first);
        this.#content = new StageContent(this.stage, this.#first);
        this.#previews = this.#createPreviews();
        this.#file = new OutputFile(
            (edit, isIdle) => this.#save(edit, isIdle),
            (freshness, cutout) => this.#showFile(freshness, cutout),
        );
        this.#backgrounds = new BackgroundPictures((blob) => this.#useBackground(blob));
        const content = this.#content;
        const status = this.#status;
        this.#tools = new StageTools({ editor: this, content, link: opening.link, status });
        this.#controls = wireControls(this, this.#tools.brush);
    }

    /** The current state, which the controls show. */
    get now() {
        return this.history.now;
    }

    /** The current state as a request to the engine. */
    get edit() {
        return editOf(this.now, this.#opening.options);
    }

    /**
     * Fill every part with the job's own cutout, before the page shows them and before the engine
     * is asked for anything. To decode a large picture takes a second or two.
     */
    async prepare() {
        const { cutout, name } = this.#opening;
        await this.bar.showName(name);
        this.#file.begin(this.edit, cutout);
        this.#showControls();
        // The original fits below only where nothing was cut away or added.
        const original = this.now.crop ? undefined : this.#content.showOriginal();
        await Promise.all([this.#content.showFirst(cutout), original, this.bar.drawn()]);
    }

    /** The page shows the editor now: go on with what was made of the picture before. */
    begin() {
        const earlier = stateFrom(this.#opening.edit);
        const isEdited = JSON.stringify(earlier) !== JSON.stringify(this.#first);
        if (isEdited) this.history.change(earlier);
        this.refresh();
    }

    /**
     * Begin anew with another cut-out, where nothing was changed yet.
     *
     * @param {Partial<EditState>} changes  By which it differs.
     * @param {Cutout} cutout
     */
    replaceFirst(changes, cutout) {
        this.#first = { ...this.#first, ...changes };
        this.history = new History(this.#first);
        this.#showControls();
        this.#file.begin(this.edit, cutout);
        this.refresh();
    }

    /**
     * Add what was clicked in the page, if it is missing and nothing was changed yet.
     *
     * @param {import('../../messages/page_types.js').ClickedSpot} spot
     */
    async tapClicked(spot) {
        if (this.now === this.#first) await this.#tools.tapClicked(spot, this.#opening.say);
    }

    /**
     * @param {Partial<EditState>} changes
     * @param {string} [author]  As in History.
     */
    change(changes, author) {
        this.#opening.onChange();
        this.history.change({ ...this.now, ...changes }, author);
        this.refresh();
    }

    /** @param {'tap' | import('../../messages/edit_types.js').Stroke['kind']} tool  To begin with. */
    takeTool(tool) {
        this.#tools.brush.take(tool);
    }

    undo() {
        this.history.undo();
        this.refresh();
    }

    redo() {
        this.history.redo();
        this.refresh();
    }

    /** Return to the first state. That is a step of its own, which can be undone. */
    reset() {
        this.history.change(this.#first);
        this.refresh();
    }

    /** Show the current state everywhere. */
    refresh() {
        const { now, edit } = this;
        this.#opening.say(''); // what was said of the former state
        this.#showControls();
        this.#tools.show();
        this.#number += 1;
        this.stage.element.dataset.edit = String(this.#number);
        this.#status.showBusy();
        this.#previews.request({ state: now, edit, number: this.#number });
        this.#file.change(edit);
        this.#opening.row?.changed(edit);
    }

    /**
     * Show how far the engine is with an edit.
     *
     * @param {import('../../messages/job_types.js').JobSnapshot} snapshot
     */
    showProgress({ stages }) {
        this.#status.showProgress(stages);
    }

    /** The file of the current state. */
    file() {
        return this.#file.get(this.edit);
    }

    /** The same as PNG, for the clipboard. */
    async png() {
        const { edit } = this;
        if (edit.options.format === 'png') return this.file();
        const options = { ...edit.options, format: 'png', lossless: false };
        return this.#opening.link.ask('edit.save', { edit: { ...edit, options } });
    }

    /**
     * @param {Edit} edit
     * @param {boolean} isIdle
     * @returns {Promise<Cutout>}
     */
    async #save(edit, isIdle) {
        const { link, row } = this.#opening;
        const cutout = await link.ask('edit.save', { edit, isIdle });
        row?.made(edit, cutout);
        return cutout;
    }

    /** @returns {LatestRequest<PreviewRequest, EditPreview>} */
    #createPreviews() {
        const { link } = this.#opening;
        return new LatestRequest(
            ({ edit }) => link.ask('edit.preview', { edit, maxPixels: MAX_PREVIEW_PIXELS }),
            (preview, request) => this.#showPreview(preview, request),
            (error) => {
                this.#status.showFailure(error);
                this.#opening.onFirst();
            },
        );
    }

    /**
     * @param {EditPreview} preview
     * @param {PreviewRequest} request
     */
    #showPreview(preview, { state, number }) {
        const isFirst = this.#content.preview === null;
        this.#content.showPreview(preview, state);
        this.#tools.show();
        this.bar.showSize(preview.size);
        if (isFirst) {
            this.#content
                .showOriginal(() => this.#askOriginal(preview))
                .catch((error) => this.#status.showFailure(error));
            this.#opening.onFirst();
        }
        if (number === this.#number) this.#status.clear();
        this.stage.element.dataset.shown = String(number);
    }

    /**
     * All of the picture, as if it had been painted back.
     *
     * @param {EditPreview} preview
     */
    #askOriginal({ source: { width, height } }) {
        const { model = null, quality } = this.edit.options;
        const radius = Math.min(Math.hypot(width, height) / 2 + 1, GREATEST_RADIUS);
        /** @type {Edit} */
        const edit = {
            options: { model, quality },
            strokes: [{ kind: 'paint', radius, points: [[width / 2, height / 2]] }],
        };
        const asked = { edit, maxPixels: MAX_PREVIEW_PIXELS, isOriginal: true };
        return this.#opening.link.ask('edit.preview', asked);
    }

    /**
     * @param {import('./output_file.js').Freshness} freshness
     * @param {Cutout | null} cutout
     */
    async #showFile(freshness, cutout) {
        this.bar.show(freshness, cutout);
        const { now } = this;
        if (!cutout) return;
        showNotices(cutout.notices);
        await this.#content.showFile(cutout, now, () => this.now === now);
    }

    #showControls() {
        const { now } = this;
        this.#controls.show(now, now !== this.#first);
        this.#backgrounds.show(now.backgroundPicture);
    }

    /** @param {Blob} blob */
    async #useBackground(blob) {
        const background = crypto.randomUUID();
        this.#status.showBusy();
        try {
            await this.#opening.link.ask('edit.background', { background, blob });
        } catch (error) {
            this.#status.showFailure(error, this.#backgrounds.wayOn(error, blob));
            return;
        }
        this.#backgrounds.add(background, blob);
        this.#opening.row?.useBackground(blob);
        this.change({ backgroundKind: 'picture', backgroundPicture: background });
    }
}
