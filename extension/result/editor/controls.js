/**
 * @file The panel's controls. An element with `data-field` shows and changes that field of the
 * state; one with `data-when="field=one|other"` is shown only if the field has such a value.
 *
 * Decides: when a typed number counts, how values are rounded in fields, which controls hide.
 */

import { keepInRange } from '../../ui/number_fields.js';

/** @typedef {Record<string, unknown>} Fields */

export class Controls {
    #root;

    /**
     * @param {HTMLElement} root
     * @param {(field: string, value: string | number | boolean) => void} onInput  Called with
     *     every valid value, also while the user drags a slider.
     * @param {() => void} onSettled  Called when the user has chosen a value.
     */
    constructor(root, onInput, onSettled) {
        this.#root = root;
        keepInRange(root);
        root.addEventListener('input', ({ target }) => {
            const control = asControl(target);
            if (!control?.checkValidity()) return;
            onInput(control.dataset.field ?? '', readValue(control));
        });
        root.addEventListener('change', ({ target }) => {
            if (asControl(target)) onSettled();
        });
    }

    /** @param {Fields} fields */
    show(fields) {
        for (const element of this.#root.querySelectorAll('[data-field]')) {
            const control = asControl(element);
            if (control) showValue(control, fields[control.dataset.field ?? '']);
        }
        for (const element of this.#root.querySelectorAll('[data-when]')) {
            const [field = '', values = ''] = element.getAttribute('data-when')?.split('=') ?? [];
            const isShown = values.split('|').includes(String(fields[field]));
            element.toggleAttribute('hidden', !isShown);
        }
    }
}

/**
 * @param {EventTarget | null} target
 * @returns {HTMLInputElement | HTMLSelectElement | null}  Null for an element without a field.
 */
function asControl(target) {
    const isControl = target instanceof HTMLInputElement || target instanceof HTMLSelectElement;
    return isControl && target.dataset.field ? target : null;
}

/** @param {HTMLInputElement | HTMLSelectElement} control */
function readValue(control) {
    if (control instanceof HTMLSelectElement) return control.value;
    if (control.type === 'checkbox') return control.checked;
    return isNumber(control) ? control.valueAsNumber : control.value;
}

/**
 * @param {HTMLInputElement | HTMLSelectElement} control
 * @param {unknown} value
 */
function showValue(control, value) {
    if (control instanceof HTMLSelectElement) control.value = String(value);
    else if (control.type === 'checkbox') control.checked = value === true;
    else if (control.type === 'radio') control.checked = control.value === value;
    else if (!isNumber(control)) control.value = String(value);
    else if (control.valueAsNumber !== value) control.valueAsNumber = round(Number(value));
    const { unit } = control.dataset;
    if (unit) control.setAttribute('aria-valuetext', `${control.value} ${unit}`);
}

/** @param {HTMLInputElement} control */
function isNumber({ type }) {
    return type === 'number' || type === 'range';
}

/** A value that dragging has set need not show all its decimals. */
const round = (/** @type {number} */ value) => Math.round(value * 10) / 10;
