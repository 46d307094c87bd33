/**
 * @file The batch in storage: its description, the originals and the results.
 *
 * Decides: what survives a crash or a closed tab, what happens when the disk is full (what lies in a
 * folder of the user's makes room), how soon changes are written, when the batch is erased.
 *
 * Results are written to the disk at once and read back from there, so that two hundred of
 * them take no memory.
 */

import {
    BATCH_ALARM,
    BATCH_LIFE_MS,
    eraseBatch,
    existingFolder,
    isStorageFull,
    readFile,
    readQueue,
    removeFile,
    writeQueue,
} from '../platform/batch_files.js';
import { api } from '../platform/browser.js';
import { digestOf } from '../platform/digest.js';
import { removeArchives } from './archives.js';
import { isAllSaved, resultOf } from './item.js';
import { putWithRoom } from './storage_room.js';

/** @typedef {import('./item.js').Item} Item */
/** @typedef {{ making: unknown, items: Item[], takenOff: Item[] }} Description */

const SAVE_AFTER_MS = 300;
/** Files of an item, by their endings: the user's folder may have those of results as well. */
const RESULTS = ['out', 'edited'];
const ENDINGS = ['in', 'background', ...RESULTS];

export class BatchStore {
    #describe;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    #timer;
    /** @type {Promise<void>} Writes wait for each other. */
    #writing = Promise.resolve();
    /** @type {Map<string, File>} Originals for which storage had no room. */
    #unstored = new Map();

    /** @param {() => Description} describe  The batch as plain data. */
    constructor(describe) {
        this.#describe = describe;
    }

    /** @returns {Promise<any>}  The batch that an earlier page left, or null. */
    load() {
        return removeArchives().then(readQueue);
    }

    /** Whether this page alone has some originals. */
    get hasUnstored() {
        return this.#unstored.size > 0;
    }

    /**
     * @param {Item} item
     * @param {File} file
     * @returns {Promise<boolean>}  False if storage has no room: then only this page has it.
     */
    async putOriginal(item, file) {
        try {
            await this.#put(`${item.id}.in`, file);
            return true;
        } catch (error) {
            if (!isStorageFull(error)) throw error;
            this.#unstored.set(item.id, file);
            return false;
        }
    }

    /** @param {Item} item */
    async original(item) {
        const file =
            this.#unstored.get(item.id) ??
            (await readFile(await existingFolder(), `${item.id}.in`));
        return file ? file.slice(0, file.size, item.type) : null;
    }

    /**
     * @param {Item} item
     * @param {'out' | 'edited'} ending  The file of an edit lies beside the first result, which stays.
     * @param {Blob} blob
     */
    async putMade(item, ending, blob) {
        item.freed = false;
        const sum = await digestOf(blob);
        await this.#put(`${item.id}.${ending}`, blob);
        item.sums = { ...item.sums, [ending]: sum };
    }

    /**
     * @param {Item} item
     * @param {Blob} blob  A picture behind the subject, which its edit names.
     */
    async putBackground(item, blob) {
        await this.#put(`${item.id}.background`, blob);
    }

    /**
     * @param {string} name
     * @param {Blob} blob
     */
    #put(name, blob) {
        return putWithRoom(name, blob, () => this.#makeRoom());
    }

    /**
     * Let go of results that lie in a folder of the user's; they can still be edited.
     *
     * @returns {Promise<boolean>}  Whether there were any.
     */
    async #makeRoom() {
        const folder = await existingFolder();
        const safe = this.#describe().items.filter(({ inFolder, freed }) => inFolder && !freed);
        for (const item of safe) {
            item.freed = true;
            for (const ending of RESULTS) await removeFile(folder, `${item.id}.${ending}`);
        }
        return safe.length > 0;
    }

    /** @param {Item} item */
    async background(item) {
        return readFile(await existingFolder(), `${item.id}.background`);
    }

    /**
     * The file that the user gets.
     *
     * @param {Item} item
     */
    async result(item) {
        const ending = item.edited ? 'edited' : 'out';
        const file = await readFile(await existingFolder(), `${item.id}.${ending}`);
        return file ? file.slice(0, file.size, resultOf(item)?.mediaType ?? '') : null;
    }

    /**
     * The file that the user gets, read to its end.
     *
     * @param {Item} item
     * @returns {Promise<Blob | null>}  Null if it is gone, or not as it was written.
     */
    async soundResult(item) {
        const file = await this.result(item);
        const sum = item.sums?.[item.edited ? 'edited' : 'out'];
        return file && (!sum || sum === (await digestOf(file))) ? file : null;
    }

    /** @param {Item} item */
    async remove(item) {
        this.#unstored.delete(item.id);
        const folder = await existingFolder();
        for (const ending of ENDINGS) await removeFile(folder, `${item.id}.${ending}`);
    }

    /** Write the description soon; changes in quick succession are written once. */
    saveSoon() {
        this.#timer ??= setTimeout(() => this.save(), SAVE_AFTER_MS);
    }

    /** Write the description now. */
    save() {
        clearTimeout(this.#timer);
        this.#timer = undefined;
        this.#writing = this.#writing
            .then(() => this.#write())
            .catch((error) => console.error('the batch was not saved:', error));
        return this.#writing;
    }

    async #write() {
        const batch = this.#describe();
        if (batch.items.length + batch.takenOff.length === 0) return;
        const saved = isAllSaved(batch.items);
        await writeQueue({ ...batch, touched: Date.now(), saved });
        // This page may be closed by then: the alarm wakes the service worker, which erases the
        // batch if its time is over.
        const delayInMinutes = saved ? 2 : BATCH_LIFE_MS / 60_000 + 1;
        await api.alarms.create(BATCH_ALARM, { delayInMinutes });
    }

    /** Erase the batch with all its pictures. */
    async erase() {
        clearTimeout(this.#timer);
        this.#timer = undefined;
        this.#unstored.clear();
        this.#writing = this.#writing.then(eraseBatch);
        await this.#writing;
    }
}
