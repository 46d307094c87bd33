/**
 * @file What the editor makes of the batch's pictures comes into the batch: an edited file takes
 * the place of the row's first result, which is kept for going back.
 *
 * An editor that is closed before it has made the file leaves the edit alone. Then the batch
 * makes it, like any other picture that waits.
 *
 * Decides: undo and redo of a row's edit, and what a row without a subject becomes by an edit.
 */

import { isStorageFull } from '../platform/batch_files.js';
import { editorLock, takeRowEdits, watchRowEdits } from '../platform/row_edits.js';
import { canEdit } from './item.js';

/** @typedef {import('./item.js').Item} Item */
/** @typedef {import('../platform/row_edits.js').TakenEdit} TakenEdit */

export class RowEdits {
    #queue;
    #store;
    #runner;
    #onPicture;
    /** @type {Set<Item>} Whose editor is waited for. */
    #watched = new Set();

    /**
     * @param {import('./queue.js').Queue} queue
     * @param {import('./batch_store.js').BatchStore} store
     * @param {import('./runner.js').Runner} runner
     * @param {(item: Item) => void} onPicture  It looks different now.
     */
    constructor(queue, store, runner, onPicture) {
        this.#queue = queue;
        this.#store = store;
        this.#runner = runner;
        this.#onPicture = onPicture;
    }

    /** Take what editors have left, now and from now on. */
    async follow() {
        watchRowEdits(() => this.take());
        await this.take();
        this.makeRest();
    }

    /** Make the files of edits whose editors are closed, or will be. */
    makeRest() {
        for (const item of this.#due()) this.#makeWithoutEditor(item);
    }

    /** Take what editors have left. */
    async take() {
        await takeRowEdits((taken) => this.#use(taken)).catch((error) => console.error(error));
    }

    /**
     * Make the files of all edits now, whether their editors are open or not, and wait for them;
     * of a batch that is paused they wait like all others.
     */
    async makeAll() {
        for (;;) {
            // An editor may have made a file while the batch was about to: it is taken as well.
            await this.take();
            for (const item of this.#due()) this.#queue.change(item, { state: 'waiting' });
            this.#runner.startWaiting();
            // Also those that are being made since their editor was closed.
            const begun = this.#queue.items.filter(({ editDue, state }) => editDue && BEGUN[state]);
            if (begun.length === 0 || this.#queue.isPaused) return;
            await this.#queue.whenOver(begun);
        }
    }

    /**
     * Go back to the first result of a picture. The edit and its file stay, for `redo`.
     *
     * @param {Item} item
     */
    async undo(item) {
        this.#runner.stop(item, 'done');
        const { edit, edited, editDue, unmade } = item;
        const undone = { edit, edited, editDue };
        this.#queue.change(item, { ...WITHOUT_EDIT, undone });
        if (unmade) this.#queue.change(item, { state: 'failed', failure: unmade });
        await this.#store.save();
        this.#onPicture(item);
    }

    /**
     * Take the edit again that was undone.
     *
     * @param {Item} item
     */
    async redo(item) {
        if (!item.undone) return;
        const former = { ...item.undone, undone: null, failure: null };
        this.#queue.change(item, { ...former, state: 'done', saved: false, inFolder: false });
        await this.#store.save();
        this.#onPicture(item);
        this.makeRest();
    }

    #due() {
        return this.#queue.items.filter(({ editDue, state }) => editDue && state === 'done');
    }

    /** @param {TakenEdit} taken */
    async #use(taken) {
        const item = this.#queue.find(taken.id);
        if (!item || !(item.made || item.unmade || canEdit(item))) return;
        const isFileOnly = taken.jobId === item.editJob && taken.step === item.editStep;
        item.editJob = taken.jobId;
        item.editStep = taken.step;
        if (isFileOnly && item.undone) {
            await this.#keepUndone(item, taken);
            return;
        }
        if (!taken.edit) {
            if (item.edit) await this.undo(item);
            return;
        }
        if (!item.made) item.unmade ??= item.failure;
        this.#runner.stop(item, 'done'); // an older edit may be in the making
        if (taken.background) await this.#store.putBackground(item, taken.background);
        const isKept = await this.#keepFile(item, taken.file);
        const { edit, made } = taken;
        const file = isKept ? { edited: made, editDue: false } : { editDue: true };
        const news = { undone: null, failure: null, saved: false, inFolder: false };
        this.#queue.change(item, { edit, ...file, ...news });
        await this.#store.save();
        if (isKept) this.#onPicture(item);
        else this.#makeWithoutEditor(item);
    }

    /**
     * The file of an edit that was undone while it was on its way: it waits for `redo`.
     *
     * @param {Item} item
     * @param {TakenEdit} taken
     */
    async #keepUndone(item, { edit, made, file }) {
        if (!(await this.#keepFile(item, file))) return;
        this.#queue.change(item, { undone: { edit, edited: made, editDue: false } });
        await this.#store.save();
    }

    /**
     * Where there is no room for the file, the batch makes it like any other: there the row says what
     * is wrong, and offers another try.
     *
     * @param {Item} item
     * @param {Blob | null} file
     */
    async #keepFile(item, file) {
        if (!file) return false;
        try {
            await this.#store.putMade(item, 'edited', file);
            return true;
        } catch (error) {
            if (!isStorageFull(error)) throw error;
            return false;
        }
    }

    /**
     * Make the file of an edit when its editor is closed, if that has not made it.
     *
     * @param {Item} item
     */
    async #makeWithoutEditor(item) {
        if (this.#watched.has(item)) return;
        this.#watched.add(item);
        await navigator.locks.request(editorLock(item.id), () => this.take());
        this.#watched.delete(item);
        if (!item.editDue || item.state !== 'done' || !this.#queue.items.includes(item)) return;
        this.#queue.change(item, { state: 'waiting' });
        this.#runner.startWaiting();
    }
}

/** @type {Partial<Record<import('./item.js').ItemState, boolean>>} */
const BEGUN = Object.freeze({ waiting: true, running: true });
const WITHOUT_EDIT = Object.freeze({
    edit: null,
    edited: null,
    editDue: false,
    failure: null,
    saved: false,
    inFolder: false,
});
