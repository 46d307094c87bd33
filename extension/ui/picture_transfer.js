/**
 * @file What a drop or a paste carries: picture files, or addresses of pictures.
 *
 * Decides: what a drop or a paste counts as: a file before an address, an address before the picture
 * of copied HTML; when a text is a list of addresses; that fields for typing keep their own paste.
 */

import '../platform/ask_network.js';
import { text } from './i18n.js';

/**
 * Our pages' policy lets no other string be parsed, and no second policy of this name be made.
 *
 * @type {{ createHTML: (html: string) => any } | undefined}
 */
const PASTED = /** @type {any} */ (globalThis).trustedTypes?.createPolicy('offcut-pasted', {
    createHTML: (/** @type {string} */ html) => html,
});

/**
 * @typedef {object} PictureInput
 * @property {File[]} [files]
 * @property {string[]} [addresses]  Of pictures.
 * @property {string} [sentence]  What was no picture, and why.
 */

/** @param {(input: PictureInput) => void} onInput */
export function wirePaste(onInput) {
    document.addEventListener('paste', (event) => {
        if (!isTyping(event.target)) onInput(readTransfer(event.clipboardData));
    });
}

/**
 * Files first: a copied picture often comes with the address of its page as well.
 *
 * @param {DataTransfer | null} transfer
 * @returns {PictureInput}
 */
export function readTransfer(transfer) {
    const files = Array.from(transfer?.files ?? []);
    if (files.length > 0) return { files };
    const words = (transfer?.getData('text/uri-list') || transfer?.getData('text/plain')) ?? '';
    const addresses = addressesIn(words);
    if (addresses.length === 0) addresses.push(...pictureIn(transfer?.getData('text/html')));
    const plain = addresses.map(plainAddress);
    return addresses.length > 0 ? { addresses: plain } : { sentence: text('popup_no_picture') };
}

/**
 * All of a list of addresses; of other words the first, if that is one.
 *
 * @param {string} given
 * @returns {string[]}
 */
function addressesIn(given) {
    const whole = given.trim();
    if (/^data:/i.test(whole)) return [whole].filter(isAddress); // may have spaces in it
    const words = whole.split(/\s+/);
    return words.every(isAddress) ? [...new Set(words)] : words.slice(0, 1).filter(isAddress);
}

/**
 * The address of the first picture in copied or dragged HTML: a picture that is copied together with
 * text comes as that alone.
 *
 * @param {string} [html]
 */
function pictureIn(html = '') {
    // A document that is only parsed loads nothing and runs nothing.
    const given = PASTED ? PASTED.createHTML(html) : html;
    const parsed = new DOMParser().parseFromString(given, 'text/html');
    return [parsed.querySelector('img[src]')?.getAttribute('src') ?? ''].filter(isAddress);
}

/** @param {string} word */
function isAddress(word) {
    return /^(https?:|data:image\/)/i.test(word) && URL.canParse(word);
}

/** @param {EventTarget | null} target */
function isTyping(target) {
    const types = ['text', 'number', 'search', 'url'];
    return target instanceof HTMLInputElement && types.includes(target.type);
}
