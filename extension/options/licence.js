/**
 * @file The licence of a model: one plain sentence, and the whole of what is known behind "More".
 *
 * Decides: which sentence stands for which identifier of `models/registry.json`.
 */

import { make } from '../ui/dom.js';
import { text } from '../ui/i18n.js';

/** Licences that let everybody use the weights for anything. */
const FREE = /^(?:Apache-2\.0|MIT|BSD-[23]-Clause|CC0-1\.0)$/;
const UNNAMED = 'LicenseRef-';

/**
 * @param {{ licence: string, licence_note: string }} entry
 * @returns {HTMLElement}
 */
export function describeLicence({ licence, licence_note }) {
    const summary = make('summary', { textContent: text('models_licence_more') });
    const note = make('p', { textContent: licence_note });
    const sentence = make('p', { textContent: licenceSentence(licence) });
    return make(
        'div',
        { className: 'quiet licence' },
        sentence,
        make('details', {}, summary, note),
    );
}

/** @param {string} licence */
function licenceSentence(licence) {
    if (FREE.test(licence)) return text('models_licence_free', licence);
    if (!licence.startsWith(UNNAMED)) return text('models_licence', licence);
    const kind = licence.slice(UNNAMED.length);
    return text(`models_licence_${kind}`) || text('models_licence_undeclared');
}
