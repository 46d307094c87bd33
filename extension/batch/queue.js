/**
 * @file The batch as a model: its pictures in their order, and what a user can do with them. It
 * knows neither the page nor the engine.
 *
 * Decides: which is next, moving by hand, retry, pause after a restart, what was taken off the list and
 * where it is put back, and which pictures are made again when settings are applied to all. The orders
 * are in sorting.js.
 */

import { isUnfinished, newItem } from './item.js';
import { Over } from './over.js';
import { ORDERS } from './sorting.js';

/** @typedef {import('./item.js').Item} Item */
/** @typedef {import('../settings/output_settings.js').OutputSettings} OutputSettings */
/** @typedef {import('./sorting.js').Sorting} Sorting */

export class Queue {
    /** @type {Item[]} */
    items = [];
    /** @type {{ item: Item, place: number }[]} Can be put back, the last one first. */
    takenOff = [];
    isPaused = false;
    #added = 0;
    /** @type {(item: Item | null) => void} */
    #onChange;
    #over = new Over();

    /**
     * @param {OutputSettings} making  For pictures that are added from now on.
     * @param {(item: Item | null) => void} onChange  The item that has changed; null if
     *     items were added, removed or reordered.
     */
    constructor(making, onChange) {
        this.making = making;
        this.#onChange = (item) => {
            onChange(item);
            this.#over.tell(this.items);
        };
    }

    /**
     * Restore a batch from storage. Pictures that were running wait again.
     *
     * @param {{ items: Item[], making: OutputSettings }} batch
     */
    restore({ items, making }) {
        this.items = items;
        this.making = making;
        this.#added = Math.max(0, ...items.map(({ number }) => number + 1));
        for (const item of items) if (item.state === 'running') item.state = 'waiting';
        this.isPaused = items.some(isUnfinished);
        this.#onChange(null);
    }

    /** The batch as plain data. */
    describe() {
        const { making, items } = this;
        return { making, items, takenOff: this.takenOff.map(({ item }) => item) };
    }

    /**
     * A picture that shall be added; it is not in the list yet.
     *
     * @param {import('./item.js').FoundPicture} found
     */
    prepare(found) {
        return newItem(found, this.#added++, this.making);
    }

    /**
     * Put pictures into the list.
     *
     * @param {readonly Item[]} items
     * @param {() => Promise<void>} save  Done before anybody sees them: what is seen is safe.
     */
    async add(items, save) {
        this.items.push(...items);
        await save();
        this.#onChange(null);
    }

    /**
     * Wait until some pictures are neither waiting nor running.
     *
     * @param {readonly Item[]} items
     * @returns {Promise<void>}
     */
    whenOver(items) {
        const over = this.#over.wait(items);
        this.#over.tell(this.items);
        return over;
    }

    /**
     * @param {Item} item
     * @param {Partial<Item>} changes
     */
    change(item, changes) {
        Object.assign(item, changes);
        this.#onChange(item);
    }

    /** @param {Item} item */
    retry(item) {
        this.change(item, { state: 'waiting', failure: null, losses: 0 });
    }

    /**
     * Make a result again that the disk has lost or damaged: the picture and its edit are still here.
     *
     * @param {Item} item
     */
    makeAgain(item) {
        const lost = item.edited
            ? { edited: null, editDue: true }
            : { state: 'waiting', made: null };
        this.change(
            item,
            /** @type {Partial<Item>} */ ({ ...lost, saved: false, inFolder: false }),
        );
    }

    /**
     * Take a picture off the list. It is kept aside, so that a slip loses nothing.
     *
     * @param {Item} item
     */
    takeOff(item) {
        const place = this.items.indexOf(item);
        this.items.splice(place, 1);
        this.takenOff.push({ item, place });
        this.#onChange(null);
    }

    /** Put the picture back that was taken off last. */
    putBack() {
        const last = this.takenOff.pop();
        if (!last) return;
        this.items.splice(last.place, 0, last.item);
        this.#onChange(null);
    }

    /**
     * Let go of what was taken off.
     *
     * @returns {Item[]}
     */
    dropTakenOff() {
        const dropped = this.takenOff.splice(0);
        this.#onChange(null);
        return dropped.map(({ item }) => item);
    }

    clear() {
        this.items = [];
        this.takenOff = [];
        this.#onChange(null);
    }

    /**
     * @param {string} id
     * @returns {Item | undefined}  Also of what was taken off: it may be put back.
     */
    find(id) {
        return [...this.items, ...this.describe().takenOff].find((item) => item.id === id);
    }

    /**
     * @param {Item} item
     * @param {-1 | 1} step
     */
    move(item, step) {
        const from = this.items.indexOf(item);
        const to = from + step;
        if (to < 0 || to >= this.items.length) return;
        this.items.splice(from, 1);
        this.items.splice(to, 0, item);
        this.#onChange(null);
    }

    /** @param {Sorting} sorting */
    sort(sorting) {
        this.items.sort(ORDERS[sorting]);
        this.#onChange(null);
    }

    /**
     * Use these output settings for all pictures; those made with others are made again, but
     * for those that were edited: they look as somebody wants them.
     *
     * @param {OutputSettings} making
     */
    applyToAll(making) {
        this.making = making;
        for (const item of this.items) {
            if (item.edit) continue;
            if (JSON.stringify(item.making) === JSON.stringify(making)) continue;
            item.making = making;
            const again = { state: 'waiting', saved: false, inFolder: false };
            if (item.state === 'done') Object.assign(item, again);
        }
        this.#onChange(null);
    }

    /** @param {import('./item.js').ItemState} state */
    count(state) {
        return this.items.filter((item) => item.state === state).length;
    }

    /** @returns {Item | undefined} */
    next() {
        return this.items.find(({ state }) => state === 'waiting');
    }
}
