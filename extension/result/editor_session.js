/**
 * @file The editor of a finished job. It is opened once, and goes on if the engine dies: another
 * engine then gets the picture.
 *
 * Decides: when it opens, with which options, when a better cut-out is asked for, and what happens in
 * an open editor when the engine dies.
 */

import { toFailure } from '../messages/failure.js';
import { isFlat } from '../settings/file_formats.js';
import { jobOptions } from '../settings/output_settings.js';
import { readSettings } from '../settings/settings.js';
import { byId } from '../ui/dom.js';
import { text } from '../ui/i18n.js';
import { isEdited } from '../ui/is_edited.js';
import { resultAddress, startJob } from '../ui/start_job.js';
import { findBatchRow } from './batch_row.js';
import { BetterResult } from './better_result.js';
import { EditLink } from './editor/edit_link.js';
import { editOf, matteOf } from './editor/edit_options.js';
import { stateFrom } from './editor/edit_state.js';
import { Editor } from './editor/editor.js';
import { canShareFiles } from './editor/file_bar.js';
import { wireNotices } from './notices.js';
import { showFacts } from './show_facts.js';

/** @typedef {import('../messages/job_types.js').JobSnapshot} JobSnapshot */
/** @typedef {import('../messages/job_types.js').Cutout} Cutout */
/** @typedef {import('../messages/failure.js').Failure} Failure */

export class EditorSession {
    link = new EditLink();
    /** @type {Editor | null} */
    editor = null;
    /** @type {Promise<void> | null} */
    #opening = null;
    /** Another engine is making the cut-out again. */
    #isRestarting = false;
    /** @type {import('./batch_row.js').BatchRow | null} */
    #row = null;
    /** @type {import('../messages/job_types.js').JobOptions} For another engine. */
    #options = {};
    /** @type {BetterResult | null} */
    #better = null;
    /** Whether that was asked for. */
    #isAsked = false;
    #port;
    #say;

    /**
     * @param {import('./job_port.js').JobPort} port
     * @param {(sentence: string) => void} say
     */
    constructor(port, say) {
        this.#port = port;
        this.#say = say;
    }

    /** Whether snapshots of the job go to the editor. */
    get isOpen() {
        return this.#opening !== null;
    }

    /**
     * Open the editor, when the job is done for the first time.
     *
     * @param {JobSnapshot} snapshot
     */
    open(snapshot) {
        this.#opening ??= this.#open(snapshot);
        return this.#opening;
    }

    /**
     * Take a snapshot of the job after the editor was opened.
     *
     * @param {JobSnapshot} snapshot
     */
    follow(snapshot) {
        this.editor?.showProgress(snapshot);
        if (snapshot.state === 'done') {
            showFacts(snapshot);
            if (!this.link.isConnected) this.#connect();
        } else if (snapshot.failure) this.link.fail(snapshot.failure);
    }

    /**
     * The file for programs that show pictures: a PNG, if the chosen format has layers.
     *
     * @param {Editor} editor
     * @returns {Promise<Cutout>}
     */
    picture(editor) {
        return isFlat(editor.now.format) ? editor.file() : editor.png();
    }

    /**
     * The matte alone, as PNG.
     *
     * @param {Editor} editor
     * @returns {Promise<Cutout>}
     */
    matte(editor) {
        return this.link.ask('edit.save', { edit: matteOf(editor.edit), isAside: true });
    }

    /** The shown cut-out is used: no better one shall take its place. */
    settle() {
        this.#better?.settle();
    }

    /**
     * The engine has died: start another one with the same picture.
     *
     * @param {Failure} failure
     * @param {string} name
     * @param {Blob | undefined} picture
     */
    async restart(failure, name, picture) {
        this.link.disconnect();
        if (this.#isRestarting || !picture) {
            this.link.fail(failure);
            return;
        }
        this.#isRestarting = true;
        try {
            const jobId = await startJob(
                name,
                { kind: 'blob', blob: picture },
                { options: this.#options, allowEmpty: true },
            );
            history.replaceState(null, '', resultAddress(jobId));
            this.#row?.continueAs(jobId);
            this.#port.watch(jobId, true);
        } catch (error) {
            this.#isRestarting = false;
            this.link.fail(toFailure(error, 'engine'));
        }
    }

    #connect() {
        this.#isRestarting = false;
        this.link.connect((request) => this.#port.post(request));
    }

    /** @param {JobSnapshot} snapshot */
    async #open(snapshot) {
        const { cutout, name, options, edit, spot, quality = 'fast' } = snapshot;
        if (!cutout) return;
        byId('share', HTMLElement).hidden = !canShareFiles();
        wireNotices();
        showFacts(snapshot);
        this.#options = options ?? jobOptions(await readSettings());
        const isAuto = this.#options.quality === 'auto';
        const made = isAuto ? { ...this.#options, quality } : this.#options;
        const unedited = { options: made, strokes: [] };
        await this.#findRow(snapshot.jobId, editOf(stateFrom(unedited), made));
        this.editor = new Editor({
            link: this.link,
            options: made,
            edit: edit ?? this.#row?.edit ?? unedited,
            row: this.#row,
            cutout,
            name,
            say: this.#say,
            // Once only: what the person has made of it since is in the edit.
            onFirst: () => this.#improve(edit || this.#row ? undefined : spot),
            onChange: () => this.settle(),
        });
        // A page that was closed before it came begins again to wait for it.
        const isFirst = !isEdited(snapshot) && !this.#row;
        if (isAuto && quality === 'fast' && isFirst) this.#expectBetter(this.editor);
        this.#connect();
        await this.editor.prepare();
        reveal();
        this.editor.begin();
    }

    /** @param {Editor} editor */
    #expectBetter(editor) {
        const onShown = () => {
            this.#options = { ...this.#options, quality: 'best' };
        };
        this.#better = new BetterResult({ link: this.link, editor, port: this.#port, onShown });
    }

    /**
     * What makes a first cut-out better by itself: first the better one, since it never takes the
     * place of what was edited, and to add what was clicked is an edit.
     *
     * @param {import('../messages/page_types.js').ClickedSpot | undefined} spot
     */
    async #improve(spot) {
        if (this.#isAsked) return;
        this.#isAsked = true;
        await this.#better?.ask();
        if (spot) await this.editor?.tapClicked(spot);
    }

    /**
     * If this is a picture of the batch, go on with what was made of it before.
     *
     * @param {string} jobId
     * @param {import('../messages/edit_types.js').Edit} first
     */
    async #findRow(jobId, first) {
        const promise = (/** @type {string} */ sentence) => {
            const element = document.querySelector('.promise');
            if (element) element.textContent = sentence;
        };
        const row = await findBatchRow(jobId, first, (news) => promise(text(ROW_NEWS[news])));
        if (!row) return;
        this.#row = row;
        promise(text(ROW_NEWS.kept));
        const blob = await row.background();
        // Sent as soon as there is an engine, before anything that needs it.
        if (blob) this.link.ask('edit.background', { background: row.edit?.background, blob });
        document.addEventListener('visibilitychange', () => {
            // The user goes back to the batch: its file is wanted now, not when they pause.
            if (document.hidden && row.isBehind) this.editor?.file().catch(() => undefined);
        });
    }
}

const ROW_NEWS = Object.freeze({
    kept: 'edit_in_batch',
    lost: 'edit_not_in_batch',
    gone: 'edit_promise',
});

/** The whole editor takes the place of the job at once. */
function reveal() {
    byId('job', HTMLElement).hidden = true;
    byId('history', HTMLElement).hidden = false;
    byId('finished', HTMLElement).hidden = false;
}
