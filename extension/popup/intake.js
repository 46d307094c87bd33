/**
 * @file What the user drops, chooses or pastes into the popup -> pictures, or an address.
 */

import { putInInbox } from '../platform/batch_files.js';
import { pictureName } from '../settings/file_name.js';
import { byId } from '../ui/dom.js';
import { text } from '../ui/i18n.js';

/**
 * @typedef {object} Taken
 * @property {import('../messages/job_types.js').NamedPicture[]} pictures
 * @property {string} [address]   Of a picture.
 * @property {string} [sentence]  What could not be taken, and why.
 * @property {boolean} [isForWorkbench]  They are many, and put down for the workbench.
 */

/** More pictures than these are too many for the popup. */
const MOST_HERE = 8;

/** @param {(taking: Promise<Taken>) => void} onTaken */
export function wireIntake(onTaken) {
    const dropZone = byId('drop-zone', HTMLElement);
    const fileInput = byId('file-input', HTMLInputElement);
    byId('choose', HTMLButtonElement).addEventListener('click', () => fileInput.click());
    fileInput.addEventListener('change', () => {
        onTaken(readFiles(Array.from(fileInput.files ?? [])));
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
        onTaken(take(event.dataTransfer));
    });
    document.addEventListener('paste', (event) => onTaken(take(event.clipboardData)));
}

/**
 * Files first: a copied picture often comes with the address of its page as well.
 *
 * @param {DataTransfer | null} carrier
 * @returns {Promise<Taken>}
 */
async function take(carrier) {
    const files = Array.from(carrier?.files ?? []);
    if (files.length > 0) return readFiles(files);
    const words = (carrier?.getData('text/uri-list') || carrier?.getData('text/plain')) ?? '';
    const address = words.trim().split(/\s+/)[0] ?? '';
    const isAddress = /^(https?:|data:image\/)/i.test(address) && URL.canParse(address);
    if (isAddress) return { pictures: [], address };
    return { pictures: [], sentence: text('popup_no_picture') };
}

/**
 * The bytes, not the files: what the engine holds must not depend on a file that the user
 * may move, nor on this page.
 *
 * @param {File[]} files
 * @returns {Promise<Taken>}
 */
async function readFiles(files) {
    if (files.length > MOST_HERE) {
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
    const blob = new Blob([await file.arrayBuffer()], { type: file.type });
    return { name: pictureName(file.name), blob };
}
