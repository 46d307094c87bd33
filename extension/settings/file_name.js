/**
 * @file Names of pictures, and of the files that are made from them.
 *
 * Decides: what a pattern may contain ({name}, {width}, {date}, ...), which characters are
 * replaced, the longest name, the suffix of a format, the name of a picture without one.
 */

const FALLBACK = 'picture';
const MAX_LENGTH = 80;

export const DEFAULT_PATTERN = '{name}-cutout';
/** Names that a file name pattern may contain in braces. */
export const PLACEHOLDERS = Object.freeze(['name', 'width', 'height', 'date', 'time']);
/** Characters that some file system forbids. */
const FORBIDDEN = /[\p{Cc}<>:"/\\|?*]/gu;
/** @type {Readonly<Record<string, string>>} */
const SUFFIXES = Object.freeze({
    'image/png': 'png',
    'image/webp': 'webp',
    'image/jpeg': 'jpg',
});

/**
 * A picture's name without suffix, from an address or a file name.
 *
 * @param {string} address  `https://…/cat.jpg?w=100`, `data:…`, `blob:…` or `cat.jpg`.
 */
export function pictureName(address) {
    if (!address || /^(data|blob):/.test(address)) return FALLBACK;
    const isAddress = /^(https?|file):/.test(address) && URL.canParse(address);
    const path = isAddress ? new URL(address).pathname : address;
    const last = decode(path.split(/[\\/]/).at(-1) ?? '');
    return clean(last.replace(/\.[A-Za-z0-9]{2,5}$/, ''), MAX_LENGTH) || FALLBACK;
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
 * Replace what some file system forbids, and remove what would hide the file or place it in
 * another folder.
 *
 * @param {string} text
 * @param {number} length
 */
function clean(text, length) {
    return text
        .replace(FORBIDDEN, '_')
        .replace(/^[.\s]+|[.\s]+$/g, '')
        .slice(0, length);
}

/**
 * @typedef {object} OutputFacts
 * @property {string} name       From `pictureName`.
 * @property {string} mediaType  Of the saved file, e.g. `image/png`.
 * @property {number} width      Pixels.
 * @property {number} height     Pixels.
 * @property {Date} [date]       Now, if absent.
 */

/**
 * The name under which a result is saved.
 *
 * @param {string} pattern  As in the settings: `{name}-cutout`.
 * @param {OutputFacts} facts
 */
export function outputFileName(pattern, { name, mediaType, width, height, date = new Date() }) {
    const two = (/** @type {number} */ part) => String(part).padStart(2, '0');
    /** @type {Record<string, string | number>} */
    const values = {
        name,
        width,
        height,
        date: `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`,
        time: `${two(date.getHours())}-${two(date.getMinutes())}-${two(date.getSeconds())}`,
    };
    const filled = pattern.replace(/\{(\w+)\}/g, (whole, key) => String(values[key] ?? whole));
    const stem = clean(filled, 2 * MAX_LENGTH) || FALLBACK;
    return `${stem}.${SUFFIXES[mediaType] ?? 'png'}`;
}

/**
 * @param {string} pattern
 * @returns {'empty' | 'forbidden' | 'unknown' | null}  What is wrong with the pattern, if anything.
 */
export function patternProblem(pattern) {
    if (!pattern.trim()) return 'empty';
    const rest = pattern.replace(/\{(\w+)\}/g, (whole, key) =>
        PLACEHOLDERS.includes(key) ? '' : whole,
    );
    if (/[{}]/.test(rest)) return 'unknown';
    return rest.search(FORBIDDEN) >= 0 ? 'forbidden' : null;
}
