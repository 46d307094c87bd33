/**
 * @file Rows of a form of output settings: a label, and what is set.
 *
 * Decides: nothing of its own; ranges are in control_range.js, names in `_locales` (`making_<name>`).
 */

import { controlRange } from './control_range.js';
import { make } from './dom.js';
import { text } from './i18n.js';

/**
 * @param {string} name
 * @param {...HTMLElement} controls  The label is for the first one.
 */
export function row(name, ...controls) {
    const label = make('label', { htmlFor: `making-${name}`, textContent: text(`making_${name}`) });
    return make(
        'div',
        { className: 'row' },
        label,
        make('div', { className: 'controls' }, ...controls),
    );
}

/**
 * @param {import('./control_range.js').OptionName} name
 * @param {number} step
 * @param {(value: number) => void} onChange
 */
export function number(name, step, onChange) {
    const control = make('input', { type: 'number', id: `making-${name}`, required: true });
    Object.assign(control, controlRange(name, step));
    control.addEventListener('input', () => {
        if (control.checkValidity()) onChange(control.valueAsNumber);
    });
    return { control, row: row(name, control) };
}
