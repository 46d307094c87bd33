/**
 * @file Builds the controls of a number, a slider and a field, in each
 * `<div data-slider="field" data-option="name" …>`. The option gives the range.
 *
 * Decides: their label, step and unit. The range itself is in ui/control_range.js.
 */

import { controlRange } from '../../ui/control_range.js';
import { make } from '../../ui/dom.js';
import { text } from '../../ui/i18n.js';

/** @typedef {import('../../ui/control_range.js').OptionName} OptionName */

/**
 * Build the controls in every place that is marked for them.
 *
 * @param {HTMLElement} root
 */
export function makeSliders(root) {
    for (const place of root.querySelectorAll('[data-slider]')) {
        if (place instanceof HTMLElement) fill(place);
    }
}

/** @param {HTMLElement} place */
function fill(place) {
    const { slider = '', option = '', step = '1', unit = '', i18nName = '' } = place.dataset;
    const range = controlRange(/** @type {OptionName} */ (option), Number(step));
    const name = text(i18nName);
    const field = make('input', { type: 'number', id: `edit-${slider}`, ...range, required: true });
    const track = make('input', { type: 'range', ...range });
    track.setAttribute('aria-label', name);
    if (unit) track.dataset.unit = unit;
    field.dataset.field = slider;
    track.dataset.field = slider;
    const label = make('label', { htmlFor: field.id, textContent: name });
    const unitText = make('span', { className: 'unit', textContent: unit });
    place.classList.add('slider');
    place.append(label, make('span', { className: 'amount' }, field, unitText), track);
}
