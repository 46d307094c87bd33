/**
 * @file The list of the batch. A thumbnail is made only when its row comes into view, and only
 * one at a time.
 *
 * Decides: the order of the rows, when they are painted anew and how large, also beside their
 * originals. What a row says is in item_row.js.
 */

import { showThumbnail } from '../ui/thumbnail.js';
import { ItemRow } from './item_row.js';

/** @typedef {import('./item.js').Item} Item */
/** @typedef {import('./item_row.js').Action} Action */

/** Pixels of a large picture's longer side, for screens with a high density. */
const LARGE_SIDE = 640;

export class ItemList {
    /** @type {Map<string, ItemRow>} */
    #rows = new Map();
    /** @type {Map<Element, Item>} Rows whose thumbnail is out of date. */
    #stale = new Map();
    #thumbnails = Promise.resolve();
    #observer = new IntersectionObserver((entries) => this.#makeThumbnails(entries));
    #isLarge = false;
    #list;
    #readPicture;
    #readOriginal;
    #onAction;

    /**
     * @param {HTMLElement} list
     * @param {(item: Item) => Promise<Blob | null>} readPicture  For the thumbnail.
     * @param {(item: Item) => Promise<Blob | null>} readOriginal  For what stands beside a large one.
     * @param {(item: Item, action: Action) => unknown} onAction
     */
    constructor(list, readPicture, readOriginal, onAction) {
        this.#list = list;
        this.#readPicture = readPicture;
        this.#readOriginal = readOriginal;
        this.#onAction = onAction;
    }

    /**
     * Show exactly these items, in this order.
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
     * Show results large beside their originals, or as a list.
     *
     * @param {readonly Item[]} items
     * @param {boolean} isLarge
     */
    enlarge(items, isLarge) {
        this.#isLarge = isLarge;
        this.#list.toggleAttribute('data-large', isLarge);
        for (const item of items) this.#watch(this.#row(item), item);
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
     * @param {Action} action
     */
    focus(item, action) {
        this.#rows.get(item.id)?.focus(action);
    }

    /** @param {Item} item */
    #row(item) {
        const known = this.#rows.get(item.id);
        if (known) return known;
        const row = new ItemRow(item, (action) => this.#onAction(item, action));
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
        for (const image of [row.image, row.original]) URL.revokeObjectURL(image.src);
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
    #makeThumbnails(entries) {
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
        const blob = await this.#readPicture(item);
        if (!blob) return; // not stored yet: show() is called again when it is
        this.#stale.delete(element);
        if (!this.#isLarge) return await showThumbnail(row.image, blob);
        await showThumbnail(row.image, blob, LARGE_SIDE);
        const original = item.state === 'done' ? await this.#readOriginal(item) : null;
        if (original) await showThumbnail(row.original, original, LARGE_SIDE);
    }
}
