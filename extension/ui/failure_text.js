/**
 * @file The text of a failure, and whether another try may help.
 *
 * Decides: which facts (host, status, megapixels) fill its sentence, and for which failures "try
 * again" is not offered. The sentences are in `_locales`.
 */

import { CODES } from '../messages/facts.js';
import { formatName } from '../settings/file_formats.js';
import { text } from './i18n.js';

/** @typedef {import('../messages/failure.js').FailureCode} FailureCode */

/** @type {ReadonlySet<string>} For these another try with the same bytes cannot help. */
const FINAL_CODES = new Set([...CODES.DecodeError, ...CODES.SubjectError]);

/**
 * Names of the facts in `detail` that fill the placeholders of a text, in their order.
 *
 * @type {Readonly<Partial<Record<FailureCode, readonly string[]>>>}
 */
const FACTS = Object.freeze({
    IMAGE_TOO_LARGE: ['megapixels', 'limit'],
    UNSUPPORTED_FORMAT: ['format'],
    PERMISSION_NEEDED: ['host'],
    PERMISSION_REFUSED: ['host'],
    FRAME_CLOSED: ['host'],
    PRIVATE_ADDRESS: ['host'],
    FETCH_FAILED: ['host'],
    FETCH_REFUSED: ['host', 'status'],
    FETCH_NOT_FOUND: ['host', 'status'],
    FETCH_BUSY: ['host', 'status'],
    FETCH_PAGE: ['host'],
    FETCH_REDIRECTED: ['host'],
    FETCH_EMPTY: ['host'],
    FETCH_SLOW: ['host'],
    FETCH_ENDLESS: ['host', 'limit_megabytes'],
});

/**
 * @param {string} code
 * @param {Readonly<Record<string, string | number>>} [detail]
 */
export function failureText(code, detail = {}) {
    if (code === 'IMAGE_TOO_LARGE' && detail.megabytes !== undefined) {
        return text('failure_file_too_large', detail.megabytes, detail.limit_megabytes ?? '?');
    }
    if (code === 'ENCODE_FAILED' && detail.kilobytes !== undefined) {
        return text('failure_encode_limit', detail.kilobytes);
    }
    if (code === 'ENCODE_FAILED' && detail.format !== undefined && detail.format !== 'png') {
        return text('failure_encode_format', formatName(detail.format));
    }
    if (code === 'UNSUPPORTED_FORMAT' && detail.kind !== undefined) {
        return text(`failure_${code}`, `${detail.format}, ${detail.kind}`);
    }
    if (code === 'NO_SUBJECT' && detail.small) {
        return text('failure_too_small', detail.width ?? '?', detail.height ?? '?');
    }
    if (code === 'FETCH_FAILED' && detail.offline) return text('failure_offline');
    const names = FACTS[/** @type {FailureCode} */ (code)] ?? [];
    const facts = names.map((name) => detail[name] ?? '?');
    // Of a picture that is on no page, since a person has given its address.
    const given = detail.given ? text(`failure_given_${code}`, ...facts) : '';
    return given || text(`failure_${code}`, ...facts) || text('failure_INTERNAL');
}

/** @param {string} code */
export function mayHelpToRetry(code) {
    return !FINAL_CODES.has(code);
}
