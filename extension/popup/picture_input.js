/**
 * @file Turns what the user drops or pastes into pictures, or into an address. Chosen files come by
 * choosing.js.
 *
 * Decides: what a drop or a paste counts as: a file before an address, an address before the picture
 * of copied HTML. What becomes of the files: background/start_files.js.
 */

import { byId } from '../ui/dom.js';
import { text } from '../ui/i18n.js';

/**
 * @typedef {object} PictureInput
 * @property {File[]} [files]
 * @property {string} [address]   Of a picture.
 * @property {string} [sentence]  What was no picture, and why.
 */

/** @param {(input: PictureInput) => void} onInput */
export function wirePictureInput(onInput) {
    const dropZone = byId('drop-zone', HTMLElement);
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
 * @returns {PictureInput}
 */
function readTransfer(transfer) {
    const files = Array.from(transfer?.files ?? []);
    if (files.length > 0) return { files };
    const words = (transfer?.getData('text/uri-list') || transfer?.getData('text/plain')) ?? '';
    const addresses = [
        words.trim().split(/\s+/)[0] ?? '',
        pictureIn(transfer?.getData('text/html')),
    ];
    const address = addresses.find(isAddress);
    return address ? { address } : { sentence: text('popup_no_picture') };
}

/**
 * The address of the first picture in copied or dragged HTML: a picture that is copied together with
 * text comes as that alone.
 *
 * @param {string} [html]
 */
function pictureIn(html = '') {
    // A document that is only parsed loads nothing and runs nothing.
    const parsed = new DOMParser().parseFromString(html, 'text/html');
    return parsed.querySelector('img[src]')?.getAttribute('src') ?? '';
}

/** @param {string} word */
function isAddress(word) {
    return /^(https?:|data:image\/)/i.test(word) && URL.canParse(word);
}
