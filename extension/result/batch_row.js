/**
 * @file The picture of the batch that the editor shows: what is made of it here goes back there, at
 * once and by itself.
 */

import { existingFolder, readFile, readQueue } from '../platform/batch_files.js';
import { editorLock, putRowEdit } from '../platform/row_edits.js';
import { LatestRequest } from './editor/latest_request.js';

/** @typedef {import('../messages/edit_types.js').Edit} Edit */
/** @typedef {import('../messages/job_types.js').Cutout} Cutout */
/**
 * The part of an item of the batch that is used here.
 *
 * @typedef {{ id: string, edit: Edit | null, editDue: boolean, editJob: string }} Item
 */
/** @typedef {{ edit: Edit, cutout: Cutout | null }} Change */
/**
 * What became of the newest edit: the batch has it, could not be told, or has no such picture any more.
 *
 * @typedef {'kept' | 'lost' | 'gone'} RowNews
 */

export class BatchRow {
    /** @type {Edit | null} Newest edit that the batch has been told of; null if that failed. */
    #told;
    /** @type {Edit | null} Edit whose file the batch has, or is getting. */
    #kept;
    /** @type {Change | null} The newest file, and the edit that it was made from. */
    #made = null;
    /** How often the edit changed. */
    #step = 0;
    /** @type {Blob | null} A picture that the batch does not have yet. */
    #background = null;
    #item;
    #jobId;
    #first;
    #onNews;
    /** @type {LatestRequest<Change & { step: number }, RowNews>} */
    #changes = new LatestRequest(
        (change) => this.#tell(change),
        (news) => this.#onNews(news),
        (error) => this.#lost(error),
    );

    /**
     * @param {Item} item
     * @param {string} jobId
     * @param {Edit} first  What the editor calls unedited.
     * @param {(news: RowNews) => void} onNews
     */
    constructor(item, jobId, first, onNews) {
        this.#onNews = onNews;
        this.#item = item;
        this.#jobId = jobId;
        this.#first = first;
        this.#told = item.edit ?? first;
        this.#kept = item.editDue ? first : this.#told;
        navigator.locks.request(editorLock(item.id), () => new Promise(() => undefined));
    }

    /** What has been made of the picture before. */
    get edit() {
        return this.#item.edit;
    }

    /** @returns {Promise<Blob | null>}  The picture that the edit puts behind the subject. */
    async background() {
        if (!this.#item.edit?.background) return null;
        return readFile(await existingFolder(), `${this.#item.id}.background`);
    }

    /** Whether the batch does not have the file of the newest edit. */
    get isBehind() {
        return !isSame(this.#told, this.#kept);
    }

    /** @param {string} jobId  Another engine has taken over. */
    continueAs(jobId) {
        this.#jobId = jobId;
    }

    /** @param {Edit} edit  What the editor shows now. */
    changed(edit) {
        if (isSame(edit, this.#told)) return;
        this.#told = edit;
        this.#step++;
        const made = this.#made;
        this.#request({ edit, cutout: made && isSame(made.edit, edit) ? made.cutout : null });
    }

    /**
     * @param {Edit} edit
     * @param {Cutout} cutout  Made from it.
     */
    made(edit, cutout) {
        this.#made = { edit, cutout };
        if (isSame(edit, this.#told) && this.isBehind) this.#request({ edit, cutout });
    }

    /** @param {Blob} blob  Is put behind the subject from now on. */
    useBackground(blob) {
        this.#background = blob;
    }

    /** @param {Change} change */
    #request(change) {
        if (change.cutout || isSame(change.edit, this.#first)) this.#kept = change.edit;
        this.#changes.request({ ...change, step: this.#step });
    }

    /** @param {unknown} error  Why the batch was not told. The next change tells it again. */
    #lost(error) {
        console.error('the batch was not told:', error);
        this.#told = this.#kept = null;
        this.#onNews('lost');
    }

    /**
     * @param {Change & { step: number }} change
     * @returns {Promise<RowNews>}
     */
    async #tell({ edit, cutout, step }) {
        const { id } = this.#item;
        const batch = await readQueue();
        if (!batch || !rowsOf(batch).some((item) => item.id === id)) {
            return 'gone';
        }
        const blob = cutout?.blob;
        const made = blob && {
            mediaType: blob.type,
            width: cutout.width,
            height: cutout.height,
            bytes: blob.size,
            isUnsure: cutout.notices.includes('UNSURE'),
            unmet: (cutout.checks ?? []).filter(({ met }) => !met).map(({ name }) => name),
        };
        const isEdited = !isSame(edit, this.#first);
        await putRowEdit(
            { id, jobId: this.#jobId, step, edit: isEdited ? edit : null, made: made ?? null },
            { file: blob, background: this.#background },
        );
        return 'kept';
    }
}

/**
 * The picture of the batch that a job edits, if it is one.
 *
 * @param {string} jobId
 * @param {Edit} first
 * @param {(news: RowNews) => void} onNews
 * @returns {Promise<BatchRow | null>}
 */
export async function findBatchRow(jobId, first, onNews) {
    const batch = await readQueue();
    const item = batch && rowsOf(batch).find(({ editJob }) => editJob === jobId);
    return item ? new BatchRow(item, jobId, first, onNews) : null;
}

/**
 * Whether a job shows a picture of the batch.
 *
 * @param {string} jobId
 */
export async function isOfBatch(jobId) {
    const batch = await readQueue();
    return batch !== null && rowsOf(batch).some(({ editJob }) => editJob === jobId);
}

/**
 * What was taken off the list may be put back. A newer version's batch may have no list at all.
 *
 * @param {{ items?: Item[], takenOff?: Item[] }} batch
 */
function rowsOf({ items = [], takenOff = [] }) {
    return [...items, ...takenOff];
}

/**
 * @param {Edit | null} one
 * @param {Edit | null} other
 */
function isSame(one, other) {
    return one === other || JSON.stringify(one) === JSON.stringify(other);
}
