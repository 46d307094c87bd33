/**
 * @file Gives results to the user: one as a file, all as a ZIP, or each into a folder as soon
 * as it is made.
 *
 * Decides: when a picture counts as saved, the name of the ZIP with its date, what happens when
 * writing into the folder fails.
 */

import { readSettings } from '../settings/settings.js';
import { byId } from '../ui/dom.js';
import { text } from '../ui/i18n.js';
import { downloadFile } from '../ui/save.js';
import { FolderTarget } from './folder_target.js';
import { resultFileName, zipResults } from './zip_results.js';

/** @typedef {import('./item.js').Item} Item */

export class ResultSaver {
    /** @type {FolderTarget | null} */
    #target = null;
    #queue;
    #store;

    /**
     * @param {import('./queue.js').Queue} queue
     * @param {import('./batch_store.js').BatchStore} store
     */
    constructor(queue, store) {
        this.#queue = queue;
        this.#store = store;
    }

    /** @param {Item} item */
    async download(item) {
        const blob = await this.#store.result(item);
        if (!blob) throw new Error('the result is gone');
        const { fileNamePattern } = await readSettings();
        downloadFile(blob, resultFileName(item, fileNamePattern));
        this.#queue.change(item, { saved: true });
    }

    async downloadZip() {
        const items = this.#queue.items.filter(({ state, erased }) => state === 'done' && !erased);
        const { fileNamePattern } = await readSettings();
        const said = byId('said', HTMLElement);
        const stream = zipResults(
            items,
            (item) => this.#store.result(item),
            fileNamePattern,
            (count) => {
                said.textContent = text('batch_packing', count, items.length);
            },
        );
        downloadFile(await this.#store.putArchive(stream), archiveName());
        for (const item of items) this.#queue.change(item, { saved: true });
        await this.#store.save();
        said.textContent = text('batch_zip_saved', items.length);
    }

    /** Let the user choose a folder; finished results go there at once, later ones when made. */
    async chooseFolder() {
        const choose = Reflect.get(globalThis, 'showDirectoryPicker');
        try {
            this.#target = new FolderTarget(await choose.call(globalThis, { mode: 'readwrite' }));
        } catch (error) {
            if (error instanceof DOMException && error.name === 'AbortError') return;
            throw error;
        }
        byId('said', HTMLElement).textContent = text('batch_folder_chosen', this.#target.name);
        for (const item of this.#queue.items) {
            if (item.state === 'done') await this.moveToFolder(item);
        }
    }

    /**
     * Move a finished result from storage into the chosen folder, if there is one.
     *
     * @param {Item} item
     */
    async moveToFolder(item) {
        if (!this.#target || item.erased) return;
        const blob = await this.#store.result(item);
        if (!blob) return;
        const { fileNamePattern } = await readSettings();
        try {
            await this.#target.put(item, blob, fileNamePattern);
        } catch (error) {
            console.error(error);
            byId('said', HTMLElement).textContent = text('batch_folder_failed', this.#target.name);
            this.#target = null; // from now on the results stay in storage
            return;
        }
        await this.#store.remove(item);
        this.#queue.change(item, { saved: true, erased: true });
    }
}

function archiveName() {
    const now = new Date();
    const date = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) =>
        String(part).padStart(2, '0'),
    );
    return `offcut-${date.join('-')}.zip`;
}
