/**
 * @file The one cleaner for every name that a file or a folder gets: what it gives, every file
 * system and the browser's downloads take, and it looks like what it is.
 */

export const FALLBACK = 'picture';
/** UTF-16 units, as text fields count them. */
export const MAX_LENGTH = 80;
/**
 * Of the 255 bytes that most file systems give a name, what a suffix, a number for a taken name
 * and the browser's own ending of an unfinished download leave.
 */
const MAX_BYTES = 200;
/** Characters that some file system forbids. */
export const FORBIDDEN = /[\p{Cc}<>:"/\\|?*]/gu;
/**
 * Characters that nobody sees, that turn the text around, or that stand for none: marks, halves
 * of a pair, noncharacters, the sign for a broken one, and blank letters.
 */
const UNSEEN =
    /[\p{Cf}\p{Cs}\p{Noncharacter_Code_Point}\u115f\u1160\u2800\u3164\uffa0\ufffd]|\u034f|\u17b4|\u17b5/gu;
/** Devices of Windows, whatever follows their first dot; superscript digits count as digits. */
const RESERVED =
    /^(?:con|prn|aux|nul|conin\$|conout\$|clock\$|(?:com|lpt)[0-9\u00b9\u00b2\u00b3])\s*(?:\.|$)/i;
/** They would hide the file, name another folder or a home; and Windows drops those at the end. */
const ENDS = /^[.~\s]+|[.\s]+$/g;

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
const encoder = new TextEncoder();

/**
 * Clean a name without its suffix.
 *
 * @param {string} text
 * @param {number} [length]  The most UTF-16 units that stay.
 * @returns {string}  Empty if nothing of it can be used.
 */
export function cleanName(text, length = MAX_LENGTH) {
    const seen = text.normalize('NFC').replace(UNSEEN, '').replace(/\p{Z}/gu, ' ');
    const whole = seen.replace(FORBIDDEN, '_').replace(ENDS, '');
    const short = cut(whole, length).replace(ENDS, '');
    return RESERVED.test(short) ? `_${short}` : short;
}

/**
 * The beginning of a text, without half of what is seen as one character.
 *
 * @param {string} text
 * @param {number} length
 */
function cut(text, length) {
    if (text.length <= length && encoder.encode(text).length <= MAX_BYTES) return text;
    let [end, bytes] = [0, 0];
    for (const { segment } of graphemes.segment(text)) {
        bytes += encoder.encode(segment).length;
        if (end + segment.length > length || bytes > MAX_BYTES) break;
        end += segment.length;
    }
    return text.slice(0, end);
}

/**
 * A name that no browser refuses, for when it has refused the real one: letters without accents,
 * digits and dashes.
 *
 * @param {string} fileName  With its suffix.
 */
export function plainFileName(fileName) {
    const [, stem = '', suffix = ''] = /^(.*?)(\.[A-Za-z0-9]+)?$/s.exec(fileName) ?? [];
    const letters = stem.normalize('NFKD').replace(/\p{M}/gu, '');
    const plain = letters.replace(/[^A-Za-z0-9]+/g, '-').replace(/^-+|-+$/g, '');
    return `${cleanName(plain) || FALLBACK}${suffix}`;
}
