/**
 * @file Texts from `_locales`, and how they get into the elements that name their keys.
 *
 * Decides: how numbers are written (decimals, separators), the language and direction of a page, a
 * text that is missing or another in private windows, placeholders, and so what a text can do (plural). The wording: `_locales/`.
 */

import { api } from '../platform/browser.js';

/** What is said otherwise in private windows: there, things end with the last one of them. */
const IN_PRIVATE = new Map([
    ['kept_cutouts_hint', 'kept_cutouts_hint_private'],
    ['kept_question', 'kept_question_private'],
    ['kept_session', 'kept_session_private'],
    ['popup_kept', 'popup_kept_private'],
    ['requests_hint', 'requests_hint_private'],
]);

/**
 * @param {string} key
 * @param {(string | number)[]} values  For the placeholders $1, $2, ...
 * @returns {string}  Empty when there is no such text.
 */
export function text(key, ...values) {
    const here = api.extension?.inIncognitoContext ? IN_PRIVATE.get(key) : undefined;
    return api.i18n.getMessage(here ?? key, values.map(String));
}

/** Language of the texts, e.g. `zh-CN`; not always the browser's own, which may not be ours. */
export const LANGUAGE = text('language');

/** Format a number as the language of the texts writes it. */
export const formatNumber = new Intl.NumberFormat(LANGUAGE, {
    maximumFractionDigits: 1,
}).format;

/**
 * Write a day as the language of the texts does; the same day everywhere.
 *
 * @param {string} day  As 2026-11-28.
 */
export function formatDay(day) {
    return new Date(day).toLocaleDateString(LANGUAGE, { timeZone: 'UTC' });
}

/**
 * Format an amount of seconds or megabytes: what is there is never called nothing.
 *
 * @param {number} amount
 */
export function formatAmount(amount) {
    return amount > 0 && amount < 0.05 ? `<${formatNumber(0.1)}` : formatNumber(amount);
}

/**
 * Fill every element that has `data-i18n` (its text) or `data-i18n-label` (its name for
 * screen readers), and tell the document its language.
 */
export function localizePage() {
    document.documentElement.lang = LANGUAGE;
    document.documentElement.dir = text('direction');
    for (const element of document.querySelectorAll('[data-i18n]')) {
        element.textContent = text(element.getAttribute('data-i18n') ?? '');
    }
    for (const element of document.querySelectorAll('[data-i18n-label]')) {
        element.setAttribute('aria-label', text(element.getAttribute('data-i18n-label') ?? ''));
    }
}
