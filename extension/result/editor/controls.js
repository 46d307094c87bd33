/**
 * @file The panel's controls: every element with `data-field` shows one field of the state and
 * changes it; `data-when="field=one|other"` shows an element only where it counts.
 */

/** @typedef {Record<string, unknown>} Fields */

export class Controls {
    #root;

    /**
     * @param {HTMLElement} root
     * @param {(field: string, value: string | number | boolean) => void} onInput  Told of every
     *     valid value, also while a slider is being dragged.
     * @param {() => void} onSettled  Told when a value is chosen.
     */
    constructor(root, onInput, onSettled) {
        this.#root = root;
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
 * @returns {HTMLInputElement | HTMLSelectElement | null}  Null for what has no field.
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
    else if (control.valueAsNumber !== value) control.valueAsNumber = rounded(Number(value));
    const { unit } = control.dataset;
    if (unit) control.setAttribute('aria-valuetext', `${control.value} ${unit}`);
}

/** @param {HTMLInputElement} control */
function isNumber({ type }) {
    return type === 'number' || type === 'range';
}

/** What dragging has made need not be read with all its decimals. */
const rounded = (/** @type {number} */ value) => Math.round(value * 10) / 10;
