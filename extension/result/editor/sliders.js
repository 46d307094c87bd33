/**
 * @file Builds the controls of a number, a slider and a field, in each `<div data-slider="field" …>`.
 */

import { make } from '../../ui/dom.js';
import { text } from '../../ui/i18n.js';

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
    const {
        slider = '',
        min = '0',
        max = '100',
        step = '1',
        unit = '',
        i18nName = '',
    } = place.dataset;
    const range = { min, max, step };
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
