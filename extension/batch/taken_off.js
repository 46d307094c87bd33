/**
 * @file What was taken off the list, and the way back: a slip of the hand costs nobody their work.
 *
 * Decides: how long it can be put back (until the list is cleared, the note closed or the page left),
 * and where the focus goes.
 */

import { byId } from '../ui/dom.js';
import { text } from '../ui/i18n.js';
import { reportErrors } from './report_errors.js';
import { pathOf } from './sorting.js';

/** @typedef {import('./item_actions.js').Workbench} Workbench */

/** @param {import('./queue.js').Queue} queue */
export function showTakenOff({ takenOff }) {
    const last = takenOff.at(-1);
    byId('taken-off-text', HTMLElement).textContent = last
        ? text('batch_taken_off', pathOf(last.item))
        : '';
    byId('taken-off', HTMLElement).hidden = !last;
}

/** @param {Workbench} workbench */
export function wireTakenOff({ queue, store, edits }) {
    const onClick = (/** @type {string} */ id, /** @type {() => unknown} */ act) =>
        byId(id, HTMLButtonElement).addEventListener('click', () => reportErrors(act));
    onClick('put-back', async () => {
        queue.putBack();
        await store.save();
        edits.makeRest();
    });
    onClick('taken-off-close', async () => {
        for (const item of queue.dropTakenOff()) await store.remove(item);
        if (queue.items.length === 0) await store.erase();
        else await store.save();
    });
}
