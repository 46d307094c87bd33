/**
 * @file Adds pictures to the batch: dropped, chosen, pasted, or left in the inbox by the popup.
 *
 * Decides: what is taken from a drop, a paste, a dialogue or a folder button, and the sentence on
 * how many were taken, left out or not stored.
 */

import { readInbox } from '../platform/batch_files.js';
import { byId } from '../ui/dom.js';
import { text } from '../ui/i18n.js';
import { chosenFiles, droppedFiles } from './collect_files.js';

/** @typedef {import('./collect_files.js').FoundFile} FoundFile */
/** @typedef {AsyncIterable<FoundFile | null> | Iterable<FoundFile | null>} FoundFiles */
/** @typedef {(found: FoundFile) => Promise<boolean>} Add  False if storage has no room for it. */

/** @type {readonly [button: string, input: string][]} */
const CHOOSERS = [
    ['choose', 'file-input'],
    ['choose-folder', 'folder-input'],
];

/** @param {Add} add */
export function wirePictureInput(add) {
    const take = (/** @type {FoundFiles} */ found) => addAll(found, add);
    for (const [button, input] of CHOOSERS) {
        const field = byId(input, HTMLInputElement);
        byId(button, HTMLButtonElement).addEventListener('click', () => field.click());
        field.addEventListener('change', () => {
            take(chosenFiles(Array.from(field.files ?? [])));
            field.value = ''; // so that the same files may be chosen again
        });
    }
    wireDrop((transfer) => take(droppedFiles(transfer)));
    document.addEventListener('paste', (event) => {
        const files = Array.from(event.clipboardData?.files ?? []);
        if (files.length > 0) take(chosenFiles(files));
    });
}

/** @param {(transfer: DataTransfer) => void} onDrop */
function wireDrop(onDrop) {
    const root = document.documentElement;
    document.addEventListener('dragover', (event) => {
        event.preventDefault();
        root.toggleAttribute('data-over', true);
    });
    document.addEventListener('dragleave', (event) => {
        if (!event.relatedTarget) root.toggleAttribute('data-over', false);
    });
    document.addEventListener('drop', (event) => {
        event.preventDefault();
        root.toggleAttribute('data-over', false);
        if (event.dataTransfer) onDrop(event.dataTransfer);
    });
}

/**
 * @param {FoundFiles} found
 * @param {Add} add
 */
async function addAll(found, add) {
    const said = byId('intake', HTMLElement);
    let [stored, leftOut, unstored] = [0, 0, 0];
    for await (const file of found) {
        if (!file) leftOut++;
        else if (await add(file)) stored++;
        else unstored++;
        said.textContent = text('batch_taken', stored + unstored);
    }
    const sentences = [text('batch_taken', stored + unstored)];
    if (leftOut > 0) sentences.push(text('batch_left_out', leftOut));
    if (unstored > 0) sentences.push(text('batch_unstored', unstored));
    said.textContent = sentences.join(' ');
}

/** @type {Promise<void>} Calls wait for each other, so that no file is added twice. */
let emptying = Promise.resolve();

/**
 * Add the files that the popup has left for this page.
 *
 * @param {Add} add
 * @returns {Promise<void>}
 */
export function emptyInbox(add) {
    emptying = emptying.then(() => addFromInbox(add)).catch((error) => console.error(error));
    return emptying;
}

/** @param {Add} add */
async function addFromInbox(add) {
    for (const { file, remove } of await readInbox()) {
        await add({ file, folder: [] });
        await remove();
    }
}
