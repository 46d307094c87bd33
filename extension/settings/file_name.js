/**
 * @file The name of a picture, and of the files that are made from it.
 */

const FALLBACK = 'picture';
const MAX_LENGTH = 80;

/**
 * A file name without suffix, out of an address or a file's name.
 *
 * @param {string} address  `https://…/cat.jpg?w=100`, `data:…`, `blob:…` or `cat.jpg`.
 */
export function pictureName(address) {
    if (!address || /^(data|blob):/.test(address)) return FALLBACK;
    const isAddress = /^(https?|file):/.test(address) && URL.canParse(address);
    const path = isAddress ? new URL(address).pathname : address;
    const last = decode(path.split(/[\\/]/).at(-1) ?? '');
    const stem = last.replace(/\.[A-Za-z0-9]{2,5}$/, '');
    // What no file system takes, and what would hide the file or leave its folder.
    const clean = stem.replace(/[\p{Cc}<>:"/\\|?*]/gu, '_').replace(/^[.\s]+|[.\s]+$/g, '');
    return clean.slice(0, MAX_LENGTH) || FALLBACK;
}

/** @param {string} text */
function decode(text) {
    try {
        return decodeURIComponent(text);
    } catch {
        return text; // a stray percent sign
    }
}

/**
 * The name under which a cutout is saved.
 *
 * @param {string} name  From `pictureName`.
 */
export function cutoutFileName(name) {
    return `${name}-cutout.png`;
}
