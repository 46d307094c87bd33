/**
 * @file Waiting until some pictures of the batch are neither waiting nor running.
 */

import { isUnfinished } from './item.js';

/** @typedef {import('./item.js').Item} Item */

export class Over {
    /** @type {{ items: readonly Item[], resolve: (value: void) => void }[]} */
    #waiting = [];

    /**
     * @param {readonly Item[]} items
     * @returns {Promise<void>}  Something has to `tell` of every change.
     */
    wait(items) {
        return new Promise((resolve) => {
            this.#waiting.push({ items, resolve });
        });
    }

    /** @param {readonly Item[]} present  The whole list: what is no longer in it is over, too. */
    tell(present) {
        const isOver = (/** @type {{ items: readonly Item[] }} */ { items }) =>
            !items.some((item) => isUnfinished(item) && present.includes(item));
        const over = this.#waiting.filter(isOver);
        this.#waiting = this.#waiting.filter((each) => !over.includes(each));
        for (const { resolve } of over) resolve();
    }
}
