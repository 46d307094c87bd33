/**
 * @file The list of the batch. Thumbnails are made only for rows that come into view, one at
 * a time.
 */

import { showThumbnail } from '../ui/thumbnail.js';
import { ItemRow } from './item_row.js';

/** @typedef {import('./item.js').Item} Item */
/** @typedef {import('./item_row.js').Act} Act */

export class ItemList {
    /** @type {Map<string, ItemRow>} */
    #rows = new Map();
    /** @type {Map<Element, Item>} Rows whose thumbnail is out of date. */
    #stale = new Map();
    #thumbnails = Promise.resolve();
    #observer = new IntersectionObserver((entries) => this.#seen(entries));
    #list;
    #pictureOf;
    #onAct;

    /**
     * @param {HTMLElement} list
     * @param {(item: Item) => Promise<Blob | null>} pictureOf  For the thumbnail.
     * @param {(item: Item, act: Act) => unknown} onAct
     */
    constructor(list, pictureOf, onAct) {
        this.#list = list;
        this.#pictureOf = pictureOf;
        this.#onAct = onAct;
    }

    /**
     * Bring the list to the order of the items.
     *
     * @param {readonly Item[]} items
     */
    showAll(items) {
        const ids = new Set(items.map(({ id }) => id));
        for (const [id, row] of this.#rows) if (!ids.has(id)) this.#remove(id, row);
        /** @type {Element | null} */
        let place = this.#list.firstElementChild;
        for (const item of items) {
            const { element } = this.#row(item);
            if (element === place) place = place.nextElementSibling;
            else this.#list.insertBefore(element, place);
        }
    }

    /**
     * @param {Item} item
     * @param {boolean} [hasNewPicture]
     */
    show(item, hasNewPicture = false) {
        const row = this.#row(item);
        row.show(item);
        if (hasNewPicture) this.#watch(row, item);
    }

    /**
     * @param {Item} item
     * @param {import('../messages/job_types.js').JobSnapshot} snapshot
     */
    showProgress(item, snapshot) {
        this.#rows.get(item.id)?.showProgress(snapshot);
    }

    /**
     * @param {Item} item
     * @param {Act} act
     */
    focus(item, act) {
        this.#rows.get(item.id)?.focus(act);
    }

    /** @param {Item} item */
    #row(item) {
        const known = this.#rows.get(item.id);
        if (known) return known;
        const row = new ItemRow(item, (act) => this.#onAct(item, act));
        this.#rows.set(item.id, row);
        row.show(item);
        this.#watch(row, item);
        return row;
    }

    /**
     * @param {string} id
     * @param {ItemRow} row
     */
    #remove(id, row) {
        this.#observer.unobserve(row.element);
        this.#stale.delete(row.element);
        URL.revokeObjectURL(row.image.src);
        row.element.remove();
        this.#rows.delete(id);
    }

    /**
     * @param {ItemRow} row
     * @param {Item} item
     */
    #watch(row, item) {
        this.#stale.set(row.element, item);
        this.#observer.unobserve(row.element);
        this.#observer.observe(row.element);
    }

    /** @param {IntersectionObserverEntry[]} entries */
    #seen(entries) {
        for (const { target, isIntersecting } of entries) {
            const item = isIntersecting ? this.#stale.get(target) : undefined;
            if (!item) continue;
            this.#observer.unobserve(target);
            this.#thumbnails = this.#thumbnails.then(() => this.#paint(target, item));
        }
    }

    /**
     * @param {Element} element
     * @param {Item} item
     */
    async #paint(element, item) {
        const row = this.#rows.get(item.id);
        if (!row || this.#stale.get(element) !== item) return;
        const blob = await this.#pictureOf(item);
        if (!blob) return; // not stored yet: it is shown when it is
        this.#stale.delete(element);
        await showThumbnail(row.image, blob);
    }
}
