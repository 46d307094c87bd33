/**
 * @file Adds pictures to the batch: dropped, chosen, pasted, or left in the inbox by the popup.
 *
 * Decides: what is taken from a drop, a paste, a dialogue or a folder button, and the sentence on
 * how many were taken, left out or not stored.
 */

import { readFoundInInbox, readInbox } from '../platform/batch_files.js';
import { byId } from '../ui/dom.js';
import { text } from '../ui/i18n.js';
import { readTransfer, wirePaste } from '../ui/picture_transfer.js';
import { chosenFiles, droppedFiles } from './collect_files.js';

/** @typedef {import('./collect_files.js').FoundFile} FoundFile */
/** @typedef {import('../ui/picture_transfer.js').PictureInput} PictureInput */
/** @typedef {AsyncIterable<FoundFile | null> | Iterable<FoundFile | null>} FoundFiles */
/**
 * @typedef {(found: FoundFile[]) => Promise<number>} Add  Resolves when they are in the batch and in
 *     storage, with the number of those for which there was no room there.
 */

/** Written together; the first ones alone, so that work begins at once. */
const MOST_TOGETHER = 16;
/** How many pictures are on their way into the batch. */
let arriving = 0;

/** @type {readonly [button: string, input: string][]} */
const CHOOSERS = [
    ['choose', 'file-input'],
    ['choose-folder', 'folder-input'],
];

/**
 * @param {Add} add
 * @param {(addresses: string[]) => Promise<void>} addAddresses
 */
export function wirePictureInput(add, addAddresses) {
    const take = (/** @type {FoundFiles} */ found) => addAll(found, add);
    for (const [button, input] of CHOOSERS) {
        const field = byId(input, HTMLInputElement);
        byId(button, HTMLButtonElement).addEventListener('click', () => field.click());
        field.addEventListener('change', () => {
            take(chosenFiles(Array.from(field.files ?? [])));
            field.value = ''; // so that the same files may be chosen again
        });
    }
    const takeOther = (/** @type {PictureInput} */ { files, addresses, sentence = '' }) => {
        if (files) return take(chosenFiles(files));
        const said = byId('intake', HTMLElement);
        said.textContent = addresses ? text('batch_taken', addresses.length) : sentence;
        return addresses && addAddresses(addresses);
    };
    wireDrop((transfer) => {
        const isFiles = transfer.types.includes('Files'); // folders as well
        return isFiles ? take(droppedFiles(transfer)) : takeOther(readTransfer(transfer));
    });
    wirePaste(takeOther);
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
    let [added, leftOut, unstored] = [0, 0, 0];
    /** @type {FoundFile[]} */
    let next = [];
    const addNext = async () => {
        const files = next;
        next = [];
        unstored += await add(files);
        added += files.length;
        said.textContent = text('batch_taken', added);
    };
    await whileArriving(async () => {
        for await (const file of found) {
            if (file) next.push(file);
            else leftOut++;
            if (next.length >= Math.min(MOST_TOGETHER, added + 1)) await addNext();
        }
        if (next.length > 0) await addNext();
    });
    const sentences = [text('batch_taken', added)];
    if (leftOut > 0) sentences.push(text('batch_left_out', leftOut));
    if (unstored > 0) sentences.push(text('batch_unstored', unstored));
    said.textContent = sentences.join(' ');
}

/** Whether pictures would be lost if this page were closed now. */
export function isArriving() {
    return arriving > 0;
}

/** @param {() => Promise<void>} add */
async function whileArriving(add) {
    arriving += 1;
    try {
        await add();
    } finally {
        arriving -= 1;
    }
}

/** @type {Promise<void>} Calls wait for each other, so that no file is added twice. */
let emptying = Promise.resolve();

/**
 * Add what the popup has left for this page, or a click on all pictures of a web page.
 *
 * @param {Add} add
 * @param {(found: import('../platform/batch_files.js').FoundNote) => Promise<void>} addFound
 * @returns {Promise<void>}
 */
export function emptyInbox(add, addFound) {
    emptying = emptying
        .then(() => addFromInbox(add, addFound))
        .catch((error) => console.error(error));
    return emptying;
}

/**
 * @param {Add} add
 * @param {(found: import('../platform/batch_files.js').FoundNote) => Promise<void>} addFound
 */
async function addFromInbox(add, addFound) {
    const inbox = await readInbox();
    while (inbox.length > 0) {
        const next = inbox.splice(0, MOST_TOGETHER);
        await add(next.map(({ file }) => ({ file, folder: [] })));
        for (const { remove } of next) await remove();
    }
    for (const { found, remove } of await readFoundInInbox()) {
        await addFound(found);
        await remove();
    }
}
