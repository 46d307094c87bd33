/**
 * @file The buttons above the list, which act on the whole batch.
 *
 * Decides: go on, pause, cancel all, try all again, apply settings to all, ZIP, folder, erase (asks
 * first unless all is saved), sort, large or as a list. Which pictures are shown: filter.js.
 */

import { byId } from '../ui/dom.js';
import { text } from '../ui/i18n.js';
import { wireFilter } from './filter.js';
import { isUnfinished } from './item.js';
import { retryAll } from './item_actions.js';
import { showOverview } from './overview.js';
import { reportErrors } from './report_errors.js';
import { wireTakenOff } from './taken_off.js';

/** @typedef {import('./item_actions.js').Workbench} Workbench */

/** @param {Workbench} workbench */
export function wireButtons(workbench) {
    const { queue, runner, saver, list } = workbench;
    wireRunning(workbench);
    onClick('retry-all', () => retryAll(workbench));
    onClick('apply', () => {
        queue.applyToAll({ ...queue.making });
        runner.startWaiting();
    });
    onClick('save-zip', () => saver.downloadZip());
    onClick('into-folder', () => saver.chooseFolder());
    wireErasing(workbench);
    wireTakenOff(workbench);
    wireFilter();
    const sort = byId('sort', HTMLSelectElement);
    sort.addEventListener('change', () => {
        queue.sort(/** @type {import('./sorting.js').Sorting} */ (sort.value));
    });
    const view = byId('view', HTMLSelectElement);
    view.addEventListener('change', () => list.enlarge(queue.items, view.value === 'large'));
}

/** @param {Workbench} workbench */
function wireRunning({ queue, runner }) {
    const resume = () => {
        byId('restored', HTMLElement).hidden = true;
        runner.resume();
        showOverview(queue);
    };
    onClick('go-on', resume);
    onClick('resume', resume);
    onClick('pause', () => {
        runner.pause();
        showOverview(queue);
    });
    // From the end, so that stopping one does not start the next.
    onClick('cancel-all', () => stopAll(runner, queue.items.toReversed()));
}

/** @param {Workbench} workbench */
function wireErasing({ queue, store, runner, saver }) {
    const dialog = byId('erase-dialog', HTMLDialogElement);
    const eraseAll = async () => {
        queue.isPaused = true;
        stopAll(runner, queue.items);
        queue.clear();
        await store.erase();
        saver.leaveFolder();
        queue.isPaused = false;
        byId('restored', HTMLElement).hidden = true;
        byId('intake', HTMLElement).textContent = text('batch_erased');
        showOverview(queue);
    };
    const state = () => document.documentElement.dataset.state;
    onClick('erase', () => (state() === 'saved' ? eraseAll() : dialog.showModal()));
    onClick('dismiss', () => dialog.showModal());
    dialog.addEventListener('close', () => {
        // The page itself erases what only a newer version can read, and begins then.
        if (dialog.returnValue === 'erase' && state() !== 'newer') reportErrors(eraseAll);
    });
}

/**
 * @param {Workbench['runner']} runner
 * @param {readonly import('./item.js').Item[]} items
 */
function stopAll(runner, items) {
    for (const item of items.filter(isUnfinished)) runner.stop(item, 'cancelled');
}

/**
 * @param {string} id
 * @param {() => unknown} act
 */
function onClick(id, act) {
    byId(id, HTMLButtonElement).addEventListener('click', () => reportErrors(act));
}
