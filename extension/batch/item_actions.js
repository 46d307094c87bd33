/**
 * @file What the buttons of one picture's row do.
 *
 * Decides: download, open in the editor, try again, up, down, cancel, take off the list; that a
 * picture without a subject opens with the brush in the hand.
 */

import { api } from '../platform/browser.js';
import { askToRead } from '../platform/host_right.js';
import { pictureName } from '../settings/file_name.js';
import { jobOptions } from '../settings/output_settings.js';
import { byId } from '../ui/dom.js';
import { text } from '../ui/i18n.js';
import { resultAddress, startJob } from '../ui/start_job.js';
import { goOnAllowed } from './addresses.js';
import { isUnsure } from './filter.js';
import { mayRetry, needsRight } from './item.js';

/** @typedef {import('./item.js').Item} Item */
/** @typedef {import('./item_row.js').Action} Action */

/**
 * The parts of the page that actions work on.
 *
 * @typedef {object} Workbench
 * @property {import('./queue.js').Queue} queue
 * @property {import('./batch_store.js').BatchStore} store
 * @property {import('./runner.js').Runner} runner
 * @property {import('./result_saver.js').ResultSaver} saver
 * @property {import('./item_list.js').ItemList} list
 * @property {import('./row_edits.js').RowEdits} edits
 */

/** @type {Record<Action, (workbench: Workbench, item: Item) => unknown>} */
const ACTIONS = {
    download: ({ saver }, item) => saver.download(item),
    open: openInEditor,
    undo: ({ edits }, item) => edits.undo(item),
    redo: ({ edits }, item) => edits.redo(item),
    allow,
    retry: ({ queue, runner }, item) => {
        queue.retry(item);
        runner.startWaiting();
    },
    up: (workbench, item) => move(workbench, item, -1),
    down: (workbench, item) => move(workbench, item, 1),
    cancel: ({ runner }, item) => runner.stop(item, 'cancelled'),
    remove: ({ queue, store }, item) => {
        queue.takeOff(item);
        byId('put-back', HTMLElement).focus(); // the button that had it is gone with its row
        return store.save();
    },
};

/**
 * @param {Workbench} workbench
 * @param {Item} item
 * @param {Action} action
 */
export function runItemAction(workbench, item, action) {
    return ACTIONS[action](workbench, item);
}

/**
 * Ask for the right to read from the server of a picture's address; everything that waits for it
 * goes on when it comes, see addresses.js.
 *
 * @param {Workbench} workbench
 * @param {Item} item
 */
async function allow(workbench, item) {
    await ask(workbench, [item]);
}

/**
 * Ask for the servers of some pictures; those that are refused say so, with the same button.
 *
 * @param {Workbench} workbench
 * @param {Item[]} closed
 */
async function ask(workbench, closed) {
    const isAllowed = await askToRead(...closed.map(({ address }) => String(address)));
    await goOnAllowed(workbench);
    if (isAllowed) return;
    for (const item of closed.filter(needsRight)) refuse(workbench, item);
    byId('said', HTMLElement).textContent = text('popup_not_allowed');
}

/**
 * @param {Workbench} workbench
 * @param {Item} item
 */
function refuse({ queue }, item) {
    const { failure } = item;
    if (failure) queue.change(item, { failure: { ...failure, code: 'PERMISSION_REFUSED' } });
}

/**
 * Try all again for which that may help. The browser is asked for all the servers that they need at
 * once, and first: later it asks nobody.
 *
 * @param {Workbench} workbench
 */
export async function retryAll(workbench) {
    const { queue, runner } = workbench;
    const closed = queue.items.filter(needsRight);
    const asked = closed.length > 0 && ask(workbench, closed);
    for (const item of queue.items) if (mayRetry(item) && !needsRight(item)) queue.retry(item);
    runner.startWaiting();
    await asked;
}

/**
 * @param {Workbench} workbench
 * @param {Item} item
 * @param {-1 | 1} step
 */
function move({ queue, list }, item, step) {
    queue.move(item, step);
    list.focus(item, step < 0 ? 'up' : 'down');
}

/**
 * Show a picture in the editor, which knows by its job that the picture is one of the batch.
 *
 * @param {Workbench} workbench
 * @param {Item} item
 */
async function openInEditor({ edits, store }, item) {
    await edits.take(); // so that it opens with the newest
    const blob = await store.original(item);
    if (!blob) throw new Error('the original is gone');
    const picture = new File([blob], item.fileName, { type: item.type });
    const isMarked = item.made === null; // by the person: no subject was found
    const wishes = { options: jobOptions(item.making), allowEmpty: isMarked };
    const source = /** @type {const} */ ({ kind: 'blob', blob: picture });
    // As the row's own result was made, which the person has seen.
    const jobId = await startJob(pictureName(item.fileName), source, {
        ...wishes,
        isPatient: true,
        shown: item.made?.quality,
    });
    item.editJob = jobId;
    await store.save();
    const tool = isMarked ? '&by=hand' : isUnsure(item) ? '&by=tap' : '';
    const page = resultAddress(jobId) + (item.edit ? '' : tool);
    await api.tabs.create({ url: api.runtime.getURL(page) });
}
