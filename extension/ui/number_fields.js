/**
 * @file Number fields that show what counts: what is typed beyond a limit becomes the limit when the
 * field is left, and what is no number becomes the former one.
 *
 * Decides: what becomes of a typed number that is too large, too small or none. A `corrected` event
 * with the value that counts tells of it before the field is read again.
 */

/** @param {HTMLElement | Document} root  Holds the fields, also those to come. */
export function keepInRange(root) {
    root.addEventListener('focusin', ({ target }) => {
        if (isNumberField(target)) former.set(target, target.value);
    });
    // Before anybody else hears of it, so that all take what is shown.
    root.addEventListener('change', ({ target }) => isNumberField(target) && correct(target), true);
}

/** @type {WeakMap<HTMLInputElement, string>} What a field held when it was entered. */
const former = new WeakMap();

/** @param {HTMLInputElement} field */
function correct(field) {
    if (field.validity.valid) return;
    const { rangeOverflow, rangeUnderflow } = field.validity;
    if (rangeOverflow) field.value = field.max;
    else if (rangeUnderflow) field.value = field.min;
    else field.value = former.get(field) ?? field.defaultValue;
    field.dispatchEvent(new CustomEvent('corrected', { bubbles: true, detail: field.value }));
    field.dispatchEvent(new Event('input', { bubbles: true }));
}

/**
 * @param {EventTarget | null} target
 * @returns {target is HTMLInputElement}
 */
function isNumberField(target) {
    return target instanceof HTMLInputElement && target.type === 'number';
}
