/**
 * @file The workbench: many pictures, cut out one after the other.
 *
 * Decides: how the page starts: an old batch restored, erased or offered again, or left alone if a newer
 * version wrote it; "open elsewhere" in a second tab; what a private window says; what happens when a
 * picture cannot be added.
 *
 * `data-state` of the root element: starting, elsewhere, newer, empty, running, paused, done or
 * saved. The batch is in storage at all times, so closing this page loses no result. The next
 * opening offers again what is not finished or not saved.
 */

import { announce, serve } from '../messages/request.js';
import {
    eraseBatch,
    eraseUnread,
    isBatchOver,
    isFromNewerVersion,
} from '../platform/batch_files.js';
import { api } from '../platform/browser.js';
import { FORMATS, hasLayers } from '../settings/file_formats.js';
import { OUTPUT_DEFAULTS, pickOutputSettings } from '../settings/output_settings.js';
import { readSettings } from '../settings/settings.js';
import { byId } from '../ui/dom.js';
import { localizePage, text } from '../ui/i18n.js';
import { createOutputSettingsForm } from '../ui/output_settings_form.js';
import { wireShortcutHelp } from '../ui/shortcut_help.js';
import { followTheme } from '../ui/theme.js';
import { emptyInbox, isArriving, wirePictureInput } from './add_pictures.js';
import { goOnAllowed, pictureAt } from './addresses.js';
import { wireButtons } from './batch_buttons.js';
import { BatchStore } from './batch_store.js';
import { holdBatch } from './hold_batch.js';
import { isUnfinished, resultOf } from './item.js';
import { runItemAction } from './item_actions.js';
import { ItemList } from './item_list.js';
import { createLookForm } from './look_form.js';
import { showOverview } from './overview.js';
import { Queue } from './queue.js';
import { reportErrors } from './report_errors.js';
import { ResultSaver } from './result_saver.js';
import { RowEdits } from './row_edits.js';
import { Runner } from './runner.js';
import { showTakenOff } from './taken_off.js';
import { understood } from './understood.js';

/** @typedef {import('./item.js').Item} Item */

const queue = new Queue(OUTPUT_DEFAULTS, showChange);
const store = new BatchStore(() => queue.describe());
const runner = new Runner(
    queue,
    store,
    (item, snapshot) => list.showProgress(item, snapshot),
    async (item) => {
        showPicture(item);
        await saver.putInFolder(item);
    },
);
const edits = new RowEdits(queue, store, runner, (item) => {
    showPicture(item);
    saver.putInFolder(item);
});
const saver = new ResultSaver(queue, store, edits, runner);
const list = new ItemList(
    byId('items', HTMLElement),
    async (item) => (showsResult(item) ? store.result(item) : store.original(item)),
    (item) => store.original(item),
    (item, action) => reportErrors(() => runItemAction(workbench, item, action)),
);
const workbench = { queue, store, runner, saver, list, edits };
const form = createOutputSettingsForm(queue.making, wish, FORMATS);
const lookForm = createLookForm(() => queue.making, wish);

localizePage();
wireShortcutHelp({ hasEditor: false });
document.title = text('result_page_title', text('batch_title'));
byId('making-form', HTMLElement).append(form.element, lookForm.element);
followTheme();
wireButtons(workbench);
holdBatch(open, () => showElsewhere(true)).catch((error) => console.error(error));

/**
 * Whether the result can be shown: no browser shows a file with layers.
 *
 * @param {import('./item.js').Item} item
 */
function showsResult(item) {
    return item.state === 'done' && !hasLayers(resultOf(item)?.mediaType ?? '');
}

async function open() {
    showElsewhere(false);
    const isPrivate = api.extension.inIncognitoContext;
    byId('private', HTMLElement).hidden = !isPrivate;
    byId('promise', HTMLElement).hidden = isPrivate;
    queue.making = pickOutputSettings(await readSettings());
    const batch = await store.load();
    if (batch && isBatchOver(batch) && !isKeptByReload(batch)) await eraseBatch();
    else if (isFromNewerVersion(batch)) await newerErased();
    else if (batch) restore(batch);
    changeMaking({});
    showOverview(queue);
    wirePictureInput(add, addAddresses);
    api.permissions.onAdded.addListener(() => reportErrors(() => goOnAllowed(workbench)));
    addEventListener('beforeunload', (event) => {
        // Nothing else is lost by closing this page.
        if (isArriving() || store.hasUnstored) event.preventDefault();
    });
    await edits.follow();
    const lookIntoInbox = () => emptyInbox(add, addFound);
    await lookIntoInbox();
    // The popup fills the inbox and then brings this page to the front.
    addEventListener('focus', lookIntoInbox);
    document.addEventListener('visibilitychange', lookIntoInbox);
    serve('batch', { 'inbox.filled': lookIntoInbox });
    addEventListener('pagehide', () => announce('background', 'batch.closed', {}));
}

/**
 * Whether a batch that is saved stays because its page was not closed, only loaded anew.
 *
 * @param {import('../platform/batch_files.js').BatchHead} batch
 */
function isKeptByReload(batch) {
    const [entry] = performance.getEntriesByType('navigation');
    const isAnew = entry instanceof PerformanceNavigationTiming && entry.type === 'reload';
    return isAnew && !isBatchOver({ ...batch, saved: false });
}

/**
 * @param {Partial<import('../settings/output_settings.js').OutputSettings>} changes  For pictures
 *     that are added from now on.
 */
function changeMaking(changes) {
    queue.making = { ...queue.making, ...changes };
    form.show(queue.making);
    lookForm.show(queue.making);
}

/** @param {Parameters<typeof changeMaking>[0]} changes  By the person. */
function wish(changes) {
    changeMaking(changes);
    store.saveSoon();
}

/** Show that there is a batch of a newer version; done when the person has it erased. */
async function newerErased() {
    document.documentElement.dataset.state = 'newer';
    const section = byId('newer', HTMLElement);
    section.hidden = false;
    const dialog = byId('erase-dialog', HTMLDialogElement);
    byId('newer-erase', HTMLButtonElement).addEventListener('click', () => dialog.showModal());
    await new Promise((resolve) => {
        dialog.addEventListener('close', () => {
            if (dialog.returnValue === 'erase') resolve(undefined);
        });
    });
    await eraseUnread();
    section.hidden = true;
    byId('intake', HTMLElement).textContent = text('batch_erased');
}

/** @param {any} batch */
function restore(batch) {
    queue.restore({ ...batch, ...understood(batch) });
    // What was taken off could be put back as long as that page was open.
    for (const item of batch.takenOff ?? []) store.remove(item);
    const made = queue.count('done');
    const open = queue.items.filter(isUnfinished).length;
    byId('restored-text', HTMLElement).textContent = text('batch_restored_text', made, open);
    byId('restored', HTMLElement).hidden = open === 0;
    if (open === 0) queue.isPaused = false; // there is nothing to ask about
}

/** @param {boolean} isElsewhere */
function showElsewhere(isElsewhere) {
    byId('elsewhere', HTMLElement).hidden = !isElsewhere;
    document.documentElement.dataset.state = isElsewhere ? 'elsewhere' : 'starting';
}

/** @type {import('./add_pictures.js').Add} */
async function add(found) {
    const items = found.map((each) => queue.prepare(each));
    const isStored = await Promise.all(
        found.map(({ file }, index) => keepOriginal(/** @type {Item} */ (items[index]), file)),
    );
    await queue.add(items, () => store.save());
    runner.startWaiting();
    return isStored.filter((each) => !each).length;
}

/** @param {string[]} addresses */
async function addAddresses(addresses) {
    await queue.add(
        addresses.map((each) => queue.prepare(pictureAt(each))),
        () => store.save(),
    );
    runner.startWaiting();
}

/** @param {import('../platform/batch_files.js').FoundNote} found */
async function addFound({ name, address, failure }) {
    if (address && !failure) return addAddresses([address]);
    const nowhere = { file: { name, type: '', size: 0 }, folder: [] };
    const item = queue.prepare(address ? pictureAt(address) : nowhere);
    Object.assign(item, { state: 'failed', failure });
    await queue.add([item], () => store.save());
}

/**
 * @param {Item} item
 * @param {File} file
 * @returns {Promise<boolean>}  False if storage has no room for it.
 */
async function keepOriginal(item, file) {
    try {
        return await store.putOriginal(item, file);
    } catch (error) {
        console.error(error);
        const detail = { reason: String(error) };
        /** @type {import('../messages/failure.js').Failure} */
        const failure = { code: 'PICTURE_GONE', stage: 'batch', message: 'not read', detail };
        Object.assign(item, { state: 'failed', failure });
        return true;
    }
}

/**
 * The batch has changed: show it, and have it written to storage.
 *
 * @param {Item | null} item  Null if items were added, removed or reordered.
 */
function showChange(item) {
    if (item && queue.items.includes(item)) list.show(item);
    else {
        list.showAll(queue.items);
        for (const each of queue.items) list.show(each);
    }
    showOverview(queue);
    showTakenOff(queue);
    store.saveSoon();
}

/** @param {Item} item  It looks different now. */
function showPicture(item) {
    if (queue.items.includes(item)) list.show(item, true);
}
