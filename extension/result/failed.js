/**
 * @file A failed or cancelled job: what happened, and what to do about it.
 */

import { byId } from '../ui/dom.js';
import { text } from '../ui/i18n.js';

/** Trying the same bytes again cannot help with these. */
const FINAL_CODES = new Set([
    'UNSUPPORTED_FORMAT',
    'CORRUPT_IMAGE',
    'IMAGE_TOO_LARGE',
    'EMPTY_FILE',
    'NO_SUBJECT',
]);

/**
 * @param {import('../messages/types.js').JobSnapshot} snapshot
 * @param {boolean} hasPicture  The original is here, so that another try is possible.
 */
export function showFailure({ state, failure }, hasPicture) {
    const code = state === 'cancelled' ? 'CANCELLED' : (failure?.code ?? 'INTERNAL');
    const detail = failure?.detail ?? {};
    byId('failure-title', HTMLElement).textContent = text(TITLES[code] ?? 'result_failed_title');
    byId('failure-text', HTMLElement).textContent = describe(code, detail);
    byId('retry', HTMLElement).hidden = !hasPicture || FINAL_CODES.has(code);
    const allow = byId('allow', HTMLElement);
    allow.hidden = code !== 'PERMISSION_NEEDED';
    allow.textContent = text('result_allow_host', detail.host ?? '');
    byId('failed', HTMLElement).hidden = false;
}

/**
 * @param {string} code
 * @param {Readonly<Record<string, string | number>>} detail
 */
function describe(code, detail) {
    if (code === 'IMAGE_TOO_LARGE' && detail.megabytes !== undefined) {
        return text('failure_file_too_large', detail.megabytes, detail.limit_megabytes ?? '?');
    }
    const facts = FACTS[/** @type {keyof typeof FACTS} */ (code)] ?? [];
    const sentence = text(`failure_${code}`, ...facts.map((name) => detail[name] ?? '?'));
    return sentence || text('failure_INTERNAL');
}

/** @type {Record<string, string>} What is no failure has a heading of its own. */
const TITLES = Object.freeze({
    CANCELLED: 'result_cancelled_title',
    PERMISSION_NEEDED: 'result_permission_title',
});

/** Which facts of the detail a text names, in the order of its placeholders. */
const FACTS = Object.freeze({
    IMAGE_TOO_LARGE: ['megapixels', 'limit'],
    UNSUPPORTED_FORMAT: ['format'],
    PERMISSION_NEEDED: ['host'],
});
