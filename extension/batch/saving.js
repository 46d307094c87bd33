/**
 * @file Results out of the batch: one file, all as a ZIP, or each into a folder as it is made.
 */

import { readSettings } from '../settings/settings.js';
import { byId } from '../ui/dom.js';
import { text } from '../ui/i18n.js';
import { downloadFile } from '../ui/save.js';
import { archiveOf, savedName } from './archive.js';
import { FolderTarget } from './folder_target.js';

/** @typedef {import('./item.js').Item} Item */

export class Saving {
    /** @type {FolderTarget | null} */
    #target = null;
    #queue;
    #store;

    /**
     * @param {import('./queue.js').Queue} queue
     * @param {import('./store.js').BatchStore} store
     */
    constructor(queue, store) {
        this.#queue = queue;
        this.#store = store;
    }

    /** @param {Item} item */
    async one(item) {
        const blob = await this.#store.result(item);
        if (!blob) throw new Error('the result is gone');
        const { fileNamePattern } = await readSettings();
        downloadFile(blob, savedName(item, fileNamePattern));
        this.#queue.change(item, { saved: true });
    }

    /** All results as one archive. */
    async all() {
        const items = this.#queue.items.filter(({ state, erased }) => state === 'done' && !erased);
        const { fileNamePattern } = await readSettings();
        const said = byId('said', HTMLElement);
        const stream = archiveOf(
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

    /** Let the user choose a folder; what is made already goes there, too. */
    async intoFolder() {
        const choose = Reflect.get(globalThis, 'showDirectoryPicker');
        try {
            this.#target = new FolderTarget(await choose.call(globalThis, { mode: 'readwrite' }));
        } catch (error) {
            if (error instanceof DOMException && error.name === 'AbortError') return;
            throw error;
        }
        byId('said', HTMLElement).textContent = text('batch_folder_chosen', this.#target.name);
        for (const item of this.#queue.items) if (item.state === 'done') await this.made(item);
    }

    /**
     * Something was made: if there is a folder for it, it goes there and leaves storage.
     *
     * @param {Item} item
     */
    async made(item) {
        if (!this.#target || item.erased) return;
        const blob = await this.#store.result(item);
        if (!blob) return;
        const { fileNamePattern } = await readSettings();
        try {
            await this.#target.put(item, blob, fileNamePattern);
        } catch (error) {
            console.error(error);
            byId('said', HTMLElement).textContent = text('batch_folder_failed', this.#target.name);
            this.#target = null; // the results stay here instead
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
