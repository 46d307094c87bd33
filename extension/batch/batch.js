/**
 * @file The workbench: many pictures, one after the other, and what to do with them.
 *
 * `data-state` of the root element: starting, elsewhere, empty, running, paused, done or
 * saved. The batch is in storage all the while, so closing this page loses nothing that is
 * made; what is neither finished nor saved is offered again at the next opening.
 */

import { announce } from '../messages/request.js';
import { BATCH_LOCK, eraseBatch, isBatchOver } from '../platform/batch_files.js';
import { api } from '../platform/browser.js';
import { pictureName } from '../settings/file_name.js';
import { jobOptions, OUTPUT_DEFAULTS, pickOutputSettings } from '../settings/output_settings.js';
import { readSettings } from '../settings/settings.js';
import { byId } from '../ui/dom.js';
import { localizePage, text } from '../ui/i18n.js';
import { createOutputSettingsForm } from '../ui/output_settings_form.js';
import { resultAddress, startJob } from '../ui/start_job.js';
import { followTheme } from '../ui/theme.js';
import { takeInbox, wireIntake } from './intake.js';
import { isOpen } from './item.js';
import { ItemList } from './item_list.js';
import { showOverview } from './overview.js';
import { Queue } from './queue.js';
import { Runner } from './runner.js';
import { Saving } from './saving.js';
import { BatchStore, isFull } from './store.js';

/** @typedef {import('./item.js').Item} Item */

/** A page that is just being closed, or looked after by the service worker, lets go by then. */
const LOCK_MS = 3000;

const queue = new Queue(OUTPUT_DEFAULTS, changed);
const store = new BatchStore(() => queue.describe());
const saving = new Saving(queue, store);
const runner = new Runner(
    queue,
    store,
    (item, snapshot) => list.showProgress(item, snapshot),
    async (item) => {
        list.show(item, true);
        await saving.made(item);
    },
);
const list = new ItemList(
    byId('items', HTMLElement),
    async (item) => (item.state === 'done' ? store.result(item) : store.original(item)),
    (item, act) => guarded(() => ACTS[act](item)),
);
const form = createOutputSettingsForm(queue.making, (changes) => {
    queue.making = { ...queue.making, ...changes };
});

/** @type {Record<import('./item_row.js').Act, (item: Item) => unknown>} */
const ACTS = {
    download: (item) => saving.one(item),
    open: openInEditor,
    retry: (item) => {
        queue.retry(item);
        runner.fill();
    },
    up: (item) => move(item, -1),
    down: (item) => move(item, 1),
    cancel: (item) => runner.stop(item, 'cancelled'),
    remove: async (item) => {
        queue.remove(item);
        await store.remove(item);
        if (queue.items.length === 0) await store.erase();
    },
};

localizePage();
document.title = text('result_page_title', text('batch_title'));
byId('making-form', HTMLElement).append(form.element);
followTheme();
wireButtons();
navigator.locks
    .request(BATCH_LOCK, { signal: AbortSignal.timeout(LOCK_MS) }, async () => {
        await open();
        await new Promise(() => undefined); // held for as long as this page lives
    })
    .catch(showElsewhere);

async function open() {
    const isPrivate = api.extension.inIncognitoContext;
    byId('private', HTMLElement).hidden = !isPrivate;
    byId('promise', HTMLElement).hidden = isPrivate;
    queue.making = pickOutputSettings(await readSettings());
    const batch = await store.load();
    if (batch && (isBatchOver(batch) || batch.saved)) await eraseBatch();
    else if (batch) offerAgain(batch);
    form.show(queue.making);
    showOverview(queue);
    wireIntake(add);
    await takeInbox(add);
    // The popup puts files down and then brings this page to the front.
    addEventListener('focus', () => takeInbox(add));
    document.addEventListener('visibilitychange', () => takeInbox(add));
    addEventListener('pagehide', () => announce('background', 'batch.closed', {}));
}

/** @param {any} batch */
function offerAgain(batch) {
    queue.restore(batch);
    const made = queue.count('done');
    const open = queue.items.filter(isOpen).length;
    byId('restored-text', HTMLElement).textContent = text('batch_restored_text', made, open);
    byId('restored', HTMLElement).hidden = false;
}

/** @param {unknown} error */
function showElsewhere(error) {
    console.info('the batch is open elsewhere:', error);
    byId('elsewhere', HTMLElement).hidden = false;
    document.documentElement.dataset.state = 'elsewhere';
}

/**
 * @param {import('./collect_files.js').Found} found
 * @returns {Promise<boolean>}  False if storage has no room for it.
 */
async function add({ file, folder }) {
    const item = queue.add(file, folder);
    try {
        const isStored = await store.putOriginal(item, file);
        list.show(item, true);
        runner.fill();
        return isStored;
    } catch (error) {
        console.error(error);
        const detail = { reason: String(error) };
        /** @type {import('../messages/failure.js').Failure} */
        const failure = { code: 'PICTURE_GONE', stage: 'batch', message: 'not read', detail };
        queue.change(item, { state: 'failed', failure });
        return true;
    }
}

/**
 * Something in the batch has changed.
 *
 * @param {Item | null} item  Null: which there are, or their order.
 */
function changed(item) {
    if (item) list.show(item);
    else {
        list.showAll(queue.items);
        for (const each of queue.items) list.show(each);
    }
    showOverview(queue);
    store.changed();
}

/**
 * @param {Item} item
 * @param {-1 | 1} step
 */
function move(item, step) {
    queue.move(item, step);
    list.focus(item, step < 0 ? 'up' : 'down');
}

/** @param {Item} item */
async function openInEditor(item) {
    const blob = await store.original(item);
    if (!blob) throw new Error('the original is gone');
    const options = jobOptions(item.making);
    const jobId = await startJob(pictureName(item.fileName), { kind: 'blob', blob }, { options });
    await api.tabs.create({ url: api.runtime.getURL(resultAddress(jobId)) });
}

function wireButtons() {
    const on = (/** @type {string} */ id, /** @type {() => unknown} */ act) =>
        byId(id, HTMLButtonElement).addEventListener('click', () => guarded(act));
    const goOn = () => {
        byId('restored', HTMLElement).hidden = true;
        runner.resume();
        showOverview(queue);
    };
    on('go-on', goOn);
    on('resume', goOn);
    on('pause', () => {
        runner.pause();
        showOverview(queue);
    });
    on('cancel-all', () => {
        for (const item of queue.items.filter(isOpen).toReversed()) runner.stop(item, 'cancelled');
    });
    on('retry-all', () => {
        for (const item of queue.items) {
            if (item.state === 'failed' || item.state === 'cancelled') queue.retry(item);
        }
        runner.fill();
    });
    on('apply', () => {
        queue.applyToAll({ ...queue.making });
        runner.fill();
    });
    on('save-zip', () => saving.all());
    on('into-folder', () => saving.intoFolder());
    wireErasing(on);
    const sort = byId('sort', HTMLSelectElement);
    sort.addEventListener('change', () => {
        queue.sort(/** @type {import('./queue.js').Sorting} */ (sort.value));
    });
}

/** @param {(id: string, act: () => unknown) => void} on */
function wireErasing(on) {
    const dialog = byId('erase-dialog', HTMLDialogElement);
    const eraseAll = async () => {
        queue.isPaused = true;
        for (const item of queue.items.filter(isOpen)) runner.stop(item, 'cancelled');
        for (const item of [...queue.items]) queue.remove(item);
        await store.erase();
        queue.isPaused = false;
        byId('restored', HTMLElement).hidden = true;
        byId('intake', HTMLElement).textContent = text('batch_erased');
        showOverview(queue);
    };
    const isSaved = () => document.documentElement.dataset.state === 'saved';
    on('erase', () => (isSaved() ? eraseAll() : dialog.showModal()));
    on('dismiss', () => dialog.showModal());
    dialog.addEventListener('close', () => {
        if (dialog.returnValue === 'erase') guarded(eraseAll);
    });
}

/**
 * Do something, and say so if it fails.
 *
 * @param {() => unknown} act
 */
async function guarded(act) {
    try {
        await act();
    } catch (error) {
        console.error(error);
        const key = isFull(error) ? 'failure_STORAGE_FULL' : 'popup_action_failed';
        byId('said', HTMLElement).textContent = text(key);
    }
}
