/**
 * @file Settings: what Offcut keeps on this machine, with its size, and one button that erases all.
 *
 * Decides: the order and the words of the list, the question before erasing, and what is said after
 * it. What belongs to which kind: platform/kept_data.js.
 */

import { request } from '../messages/request.js';
import { api } from '../platform/browser.js';
import { eraseKept, readKept } from '../platform/kept_data.js';
import { byId, make } from '../ui/dom.js';
import { formatNumber, text } from '../ui/i18n.js';
import { formatBytes } from './model_card.js';

/** @typedef {import('../platform/kept_data.js').Amount} Amount */

const KINDS = /** @type {const} */ ([
    'settings',
    'models',
    'batch',
    'cutouts',
    'times',
    'rights',
    'session',
]);
/** @typedef {typeof KINDS[number]} Listed */

/** Show what there is, and again whenever a person comes back to the page. */
export async function setUpKept() {
    const dialog = byId('kept-dialog', HTMLDialogElement);
    byId('erase-all', HTMLButtonElement).addEventListener('click', () => {
        dialog.returnValue = '';
        dialog.showModal();
    });
    dialog.addEventListener('close', () => dialog.returnValue === 'erase' && erase());
    document.addEventListener('visibilitychange', showKept);
    addEventListener('focus', showKept);
    sayErased();
    await showKept();
}

async function showKept() {
    const kept = await readAll();
    byId('kept-list', HTMLElement).replaceChildren(...KINDS.map((kind) => row(kind, kept[kind])));
}

/** @returns {Promise<Record<Listed, Amount>>} */
async function readAll() {
    const [kept, cutouts] = await Promise.all([readKept(), readCutouts()]);
    return { ...kept, cutouts };
}

/**
 * The cut-outs that the engine holds; without an engine there are none, and none is started.
 *
 * @returns {Promise<Amount>}
 */
function readCutouts() {
    return new Promise((resolve) => {
        const port = api.runtime.connect({ name: 'jobs' });
        port.onDisconnect.addListener(() => {
            console.debug('no engine:', api.runtime.lastError?.message);
            resolve({ count: 0 });
        });
        port.onMessage.addListener((/** @type {JobsSnapshot} */ { jobs }) => {
            port.disconnect();
            const bytes = jobs.reduce(
                (sum, { picture, cutout }) => sum + (picture?.size ?? 0) + (cutout?.blob.size ?? 0),
                0,
            );
            resolve({ count: jobs.length, bytes });
        });
    });
}

/** @typedef {import('../messages/job_types.js').JobsSnapshot} JobsSnapshot */

/**
 * @param {Listed} kind
 * @param {Amount} amount
 */
function row(kind, amount) {
    const label = make('span', { className: 'label' }, text(`kept_${kind}`));
    label.append(make('span', { className: 'quiet' }, text(`kept_${kind}_hint`)));
    const item = make('li', { className: 'row' }, label, make('span', {}, amountText(amount)));
    item.dataset.kind = kind;
    item.dataset.count = String(amount.count);
    return item;
}

/** @param {Amount} amount */
function amountText({ count, bytes = 0 }) {
    if (count === 0) return bytes > 0 ? formatBytes(bytes) : text('kept_none');
    const number = formatNumber(count);
    return bytes > 0 ? text('kept_amount', number, formatBytes(bytes)) : number;
}

async function erase() {
    const button = byId('erase-all', HTMLButtonElement);
    button.disabled = true;
    const before = await readAll();
    await request('background', 'work.drop');
    /** @type {readonly Listed[]} */
    const left = await eraseKept();
    const erased = KINDS.filter(
        (kind) => (before[kind].count || before[kind].bytes) && !left.includes(kind),
    );
    // The page shows the settings as they are now, and what was done outlives that in its history.
    history.replaceState({ erased, left }, '', '#kept');
    location.reload();
}

/** Say what was done before the page was loaded anew. */
function sayErased() {
    const done = history.state;
    if (!done?.erased) return;
    history.replaceState(null, '');
    const names = (/** @type {Listed[]} */ kinds) =>
        new Intl.ListFormat(text('language')).format(kinds.map((kind) => text(`kept_${kind}`)));
    const said = done.erased.length
        ? text('kept_erased', names(done.erased))
        : text('kept_was_empty');
    const left = done.left.length ? text('kept_left', names(done.left)) : '';
    byId('kept-said', HTMLElement).textContent = [said, left].filter(Boolean).join(' ');
    byId('kept-title', HTMLElement).focus();
}
