/**
 * @file Gives results to the user: one as a file, all as a ZIP, or each into a folder as soon
 * as it is made. A result counts as saved when the browser has said that it is.
 *
 * Decides: when a picture counts as saved, that a result which the
 * disk has damaged is made again and not saved (nor a ZIP of nothing else), what happens when writing
 * into the folder fails. What was written there stays in the batch as well: it can be edited and
 * downloaded like any other, and a picture that was edited is written once more.
 */

import { readSettings } from '../settings/settings.js';
import { byId } from '../ui/dom.js';
import { text } from '../ui/i18n.js';
import { saveFile, saveProblem } from '../ui/save.js';
import { archiveName, putArchive } from './archives.js';
import { FolderTarget } from './folder_target.js';
import { resultOf } from './item.js';
import { resultFileName } from './result_name.js';
import { zipResults } from './zip_results.js';

/** @typedef {import('./item.js').Item} Item */
/** @typedef {import('./item.js').Result} Result */

export class ResultSaver {
    /** @type {FolderTarget | null} */
    #target = null;
    /** @type {Promise<void>} One after the other. */
    #putting = Promise.resolve();
    #queue;
    #store;
    #edits;
    #runner;

    /**
     * @param {import('./queue.js').Queue} queue
     * @param {import('./batch_store.js').BatchStore} store
     * @param {import('./row_edits.js').RowEdits} edits
     * @param {import('./runner.js').Runner} runner
     */
    constructor(queue, store, edits, runner) {
        this.#queue = queue;
        this.#store = store;
        this.#edits = edits;
        this.#runner = runner;
    }

    /** @param {Item} item */
    async download(item) {
        await this.#edits.makeAll();
        const facts = factsOf([item]);
        const blob = await this.#store.soundResult(item);
        if (!blob) return this.#makeAgain([item]);
        const { fileNamePattern } = await readSettings();
        const outcome = await saveFile(blob, resultFileName(item, fileNamePattern));
        if (outcome.state === 'saved') await this.#markSaved(facts);
        say(saveProblem(outcome));
    }

    async downloadZip() {
        await this.#edits.makeAll();
        const items = this.#queue.items.filter(({ state, freed }) => state === 'done' && !freed);
        const facts = factsOf(items);
        const { fileNamePattern } = await readSettings();
        /** @type {Item[]} */
        const damaged = [];
        const stream = zipResults(
            items,
            async (item) => {
                const blob = await this.#store.soundResult(item);
                if (!blob) damaged.push(item);
                return blob;
            },
            fileNamePattern,
            (count) => say(text('batch_packing', count, items.length)),
        );
        const { blob, remove } = await putArchive(stream);
        for (const item of damaged) facts.delete(item);
        /** @type {import('../ui/save.js').SaveOutcome} */
        const outcome =
            facts.size > 0 ? await saveFile(blob, archiveName()) : { state: 'cancelled' };
        await remove();
        if (outcome.state === 'saved') await this.#markSaved(facts);
        if (damaged.length > 0) return this.#makeAgain(damaged, whyNoZip(outcome));
        say(
            outcome.state === 'saved'
                ? zipSentence(items.length, this.#queue.items)
                : saveProblem(outcome),
        );
    }

    /**
     * @param {readonly Item[]} items  Whose results the disk has lost or damaged.
     * @param {string} [before]  What else there is to say.
     */
    #makeAgain(items, before = '') {
        for (const item of items) this.#queue.makeAgain(item);
        this.#runner.startWaiting();
        say(`${before} ${text('batch_damaged', items.length)}`.trim());
        return this.#edits.makeAll();
    }

    /**
     * Write down what the browser has saved, before the page says so: it may be closed then.
     *
     * @param {Map<Item, Result | null>} facts
     */
    async #markSaved(facts) {
        const saved = [...facts].filter(([item, made]) => resultOf(item) === made);
        for (const [item] of saved) item.saved = true;
        await this.#store.save();
        for (const [item] of saved) this.#queue.change(item, {});
    }

    /** Let the user choose a folder; finished results go there at once, later ones when made. */
    async chooseFolder() {
        const choose = Reflect.get(globalThis, 'showDirectoryPicker');
        try {
            await this.#use(new FolderTarget(await choose.call(globalThis, { mode: 'readwrite' })));
        } catch (error) {
            if (error instanceof DOMException && error.name === 'AbortError') return;
            throw error;
        }
        say(text('batch_folder_chosen', this.#target?.name ?? ''));
        await this.#edits.makeAll();
        for (const item of this.#queue.items) await this.putInFolder(item);
    }

    /** @param {FolderTarget} target  Another folder gets all results, the same one what it lacks. */
    async #use(target) {
        if (this.#target && (await this.#target.isSame(target))) return;
        this.#target = target;
        for (const item of this.#queue.items) item.inFolder = false;
    }

    /** What is added after the list was cleared goes to no folder that nobody sees any more. */
    leaveFolder() {
        this.#target = null;
    }

    /**
     * Write a finished result into the chosen folder, if there is one.
     *
     * @param {Item} item
     */
    putInFolder(item) {
        this.#putting = this.#putting
            .then(() => this.#putNow(item))
            .catch((error) => console.error(error));
        return this.#putting;
    }

    /** @param {Item} item */
    async #putNow(item) {
        if (!this.#target || item.inFolder || item.state !== 'done' || item.editDue) return;
        const made = resultOf(item);
        const blob = await this.#store.soundResult(item);
        if (!blob) return;
        const { fileNamePattern } = await readSettings();
        try {
            await this.#target.put(item, blob, fileNamePattern);
        } catch (error) {
            console.error(error);
            say(text('batch_folder_failed', this.#target.name));
            this.#target = null; // from now on the results stay in storage
            return;
        }
        if (resultOf(item) !== made) return; // it was edited meanwhile, and comes once more
        item.inFolder = true;
        await this.#markSaved(new Map([[item, made]]));
    }
}

/** @param {readonly Item[]} items */
function factsOf(items) {
    return new Map(items.map((item) => [item, resultOf(item)]));
}

/**
 * @param {number} count  Pictures in the ZIP.
 * @param {readonly Item[]} all  Of the batch.
 */
function zipSentence(count, all) {
    const left = all.filter(({ state }) => state !== 'done').length;
    return left > 0 ? text('batch_zip_saved_part', count, left) : text('batch_zip_saved', count);
}

/**
 * Of an archive from which something is missing even a cancelled one is told: else what is said of
 * the rest would sound as if it were saved.
 *
 * @param {import('../ui/save.js').SaveOutcome} outcome
 */
function whyNoZip(outcome) {
    return outcome.state === 'cancelled' ? text('batch_zip_not_saved') : saveProblem(outcome);
}

/** @param {string} sentence */
function say(sentence) {
    byId('said', HTMLElement).textContent = sentence;
}
