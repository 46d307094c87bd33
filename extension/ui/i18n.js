/**
 * @file Texts: out of `_locales`, into elements that name their key.
 */

import { api } from '../platform/browser.js';

/**
 * @param {string} key
 * @param {(string | number)[]} values  For the placeholders $1, $2, ...
 * @returns {string}  Empty when there is no such text.
 */
export function text(key, ...values) {
    return api.i18n.getMessage(key, values.map(String));
}

/** Of the texts, e.g. `zh-CN`: not the browser's own where that is none of ours. */
export const LANGUAGE = text('language');

/** A number as it is written in the language of the texts around it. */
export const formatNumber = new Intl.NumberFormat(LANGUAGE, {
    maximumFractionDigits: 1,
}).format;

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
