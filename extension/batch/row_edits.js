/**
 * @file What the editor makes of the batch's pictures comes into the batch: an edited file takes
 * the place of the row's first result, which is kept for going back.
 *
 * An editor that is closed before it has made the file leaves the edit alone. Then the batch
 * makes it, like any other picture that waits.
 */

import { editorLock, takeRowEdits, watchRowEdits } from '../platform/row_edits.js';

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
        await this.take();
        const due = this.#due();
        for (const item of due) this.#queue.change(item, { state: 'waiting' });
        this.#runner.startWaiting();
        if (!this.#queue.isPaused) await this.#queue.whenOver(due);
    }

    /**
     * Go back to the first result of a picture.
     *
     * @param {Item} item
     */
    async undo(item) {
        this.#runner.stop(item, 'done');
        this.#queue.change(item, { ...WITHOUT_EDIT });
        await this.#store.save();
        await this.#store.removeEdited(item);
        this.#onPicture(item);
    }

    #due() {
        return this.#queue.items.filter(({ editDue, state }) => editDue && state === 'done');
    }

    /** @param {TakenEdit} taken */
    async #use(taken) {
        const item = this.#queue.items.find(({ id }) => id === taken.id);
        if (!item || item.erased || !item.made) return;
        item.editJob = taken.jobId;
        if (!taken.edit) {
            if (item.edit) await this.undo(item);
            return;
        }
        this.#runner.stop(item, 'done'); // an older edit may be in the making
        if (taken.background) await this.#store.putBackground(item, taken.background);
        if (taken.file) await this.#store.putEdited(item, taken.file);
        const { edit, made } = taken;
        const file = taken.file ? { edited: made, editDue: false } : { editDue: true };
        this.#queue.change(item, { edit, ...file, failure: null, saved: false });
        await this.#store.save();
        if (taken.file) this.#onPicture(item);
        else this.#makeWithoutEditor(item);
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

const WITHOUT_EDIT = Object.freeze({
    edit: null,
    edited: null,
    editDue: false,
    failure: null,
    saved: false,
});
