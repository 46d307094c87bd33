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

/** A number as people here write it. */
export const formatNumber = new Intl.NumberFormat(api.i18n.getUILanguage(), {
    maximumFractionDigits: 1,
}).format;

/**
 * Fill every element that has `data-i18n` (its text) or `data-i18n-label` (its name for
 * screen readers), and tell the document its language.
 */
export function localizePage() {
    document.documentElement.lang = api.i18n.getUILanguage();
    document.documentElement.dir = api.i18n.getMessage('@@bidi_dir');
    for (const element of document.querySelectorAll('[data-i18n]')) {
        element.textContent = text(element.getAttribute('data-i18n') ?? '');
    }
    for (const element of document.querySelectorAll('[data-i18n-label]')) {
        element.setAttribute('aria-label', text(element.getAttribute('data-i18n-label') ?? ''));
    }
}
