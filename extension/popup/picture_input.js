/**
 * @file Turns what the user drops, chooses or pastes into pictures, or into an address.
 *
 * Decides: what a drop or a paste counts as (file before address), how many pictures go to the
 * workbench instead, what is said when a file cannot be read.
 */

import { putInInbox } from '../platform/batch_files.js';
import { pictureName } from '../settings/file_name.js';
import { byId } from '../ui/dom.js';
import { text } from '../ui/i18n.js';

/**
 * @typedef {object} PictureInput
 * @property {import('../messages/job_types.js').NamedPicture[]} pictures
 * @property {string} [address]   Of a picture.
 * @property {string} [sentence]  What could not be read, and why.
 * @property {boolean} [isForWorkbench]  They are many, and in the inbox of the workbench.
 */

/** More pictures than this go to the workbench. */
const MOST_PICTURES = 8;

/** @param {(input: Promise<PictureInput>) => void} onInput */
export function wirePictureInput(onInput) {
    const dropZone = byId('drop-zone', HTMLElement);
    const fileInput = byId('file-input', HTMLInputElement);
    byId('choose', HTMLButtonElement).addEventListener('click', () => fileInput.click());
    fileInput.addEventListener('change', () => {
        onInput(readFiles(Array.from(fileInput.files ?? [])));
        fileInput.value = ''; // so that the same file may be chosen again
    });
    document.addEventListener('dragover', (event) => {
        event.preventDefault();
        dropZone.toggleAttribute('data-over', true);
    });
    document.addEventListener('dragleave', () => dropZone.toggleAttribute('data-over', false));
    document.addEventListener('drop', (event) => {
        event.preventDefault();
        dropZone.toggleAttribute('data-over', false);
        onInput(readTransfer(event.dataTransfer));
    });
    document.addEventListener('paste', (event) => onInput(readTransfer(event.clipboardData)));
}

/**
 * Files first: a copied picture often comes with the address of its page as well.
 *
 * @param {DataTransfer | null} transfer
 * @returns {Promise<PictureInput>}
 */
async function readTransfer(transfer) {
    const files = Array.from(transfer?.files ?? []);
    if (files.length > 0) return readFiles(files);
    const words = (transfer?.getData('text/uri-list') || transfer?.getData('text/plain')) ?? '';
    const address = words.trim().split(/\s+/)[0] ?? '';
    const isAddress = /^(https?:|data:image\/)/i.test(address) && URL.canParse(address);
    if (isAddress) return { pictures: [], address };
    return { pictures: [], sentence: text('popup_no_picture') };
}

/**
 * Read the bytes of files: what the engine gets must depend neither on a file that the user
 * may move, nor on this page.
 *
 * @param {File[]} files
 * @returns {Promise<PictureInput>}
 */
async function readFiles(files) {
    if (files.length > MOST_PICTURES) {
        await putInInbox(files);
        return { pictures: [], isForWorkbench: true };
    }
    const read = await Promise.allSettled(files.map(readFile));
    const lost = read.findIndex(({ status }) => status === 'rejected');
    return {
        pictures: read.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : [])),
        sentence: lost < 0 ? '' : text('popup_cannot_read', files[lost]?.name ?? ''),
    };
}

/** @param {File} file */
async function readFile(file) {
    // Still a file, so that the list can show its whole name.
    const blob = new File([await file.arrayBuffer()], file.name, { type: file.type });
    return { name: pictureName(file.name), blob };
}
