/**
 * @file Pictures onto the workbench: dropped, chosen, pasted, or handed over by the popup.
 */

import { filesOfInbox } from '../platform/batch_files.js';
import { byId } from '../ui/dom.js';
import { text } from '../ui/i18n.js';
import { chosenFiles, filesOf } from './collect_files.js';

/** @typedef {import('./collect_files.js').Found} Found */

/**
 * @param {(found: Found) => Promise<boolean>} add  False if storage has no room for it.
 */
export function wireIntake(add) {
    const take = (/** @type {AsyncIterable<Found | null> | Iterable<Found | null>} */ found) =>
        takeAll(found, add);
    for (const [button, input] of [
        ['choose', 'file-input'],
        ['choose-folder', 'folder-input'],
    ]) {
        const field = byId(input ?? '', HTMLInputElement);
        byId(button ?? '', HTMLButtonElement).addEventListener('click', () => field.click());
        field.addEventListener('change', () => {
            take(chosenFiles(Array.from(field.files ?? [])));
            field.value = ''; // so that the same files may be chosen again
        });
    }
    wireDrop((carrier) => take(filesOf(carrier)));
    document.addEventListener('paste', (event) => {
        const files = Array.from(event.clipboardData?.files ?? []);
        if (files.length > 0) take(chosenFiles(files));
    });
}

/** @param {(carrier: DataTransfer) => void} onDrop */
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
 * @param {AsyncIterable<Found | null> | Iterable<Found | null>} found
 * @param {(found: Found) => Promise<boolean>} add
 */
async function takeAll(found, add) {
    const said = byId('intake', HTMLElement);
    let [taken, leftOut, unstored] = [0, 0, 0];
    for await (const one of found) {
        if (!one) leftOut++;
        else if (await add(one)) taken++;
        else unstored++;
        said.textContent = text('batch_taken', taken + unstored);
    }
    const sentences = [text('batch_taken', taken + unstored)];
    if (leftOut > 0) sentences.push(text('batch_left_out', leftOut));
    if (unstored > 0) sentences.push(text('batch_unstored', unstored));
    said.textContent = sentences.join(' ');
}

/**
 * What the popup has put down for this page.
 *
 * @param {(found: Found) => Promise<boolean>} add
 * @returns {Promise<void>}
 */
export function takeInbox(add) {
    taking = taking.then(() => takeStored(add)).catch((error) => console.error(error));
    return taking;
}

/** @type {Promise<void>} One after the other: no file is taken twice. */
let taking = Promise.resolve();

/** @param {(found: Found) => Promise<boolean>} add */
async function takeStored(add) {
    for (const { file, done } of await filesOfInbox()) {
        await add({ file, folder: [] });
        await done();
    }
}
