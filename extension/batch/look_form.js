/**
 * @file The form for how the pictures of a batch shall look beyond the settings that all pages share:
 * shape, edge, outline, shadow.
 *
 * Decides: its controls, which of them hide, and that a market place or a messenger brings its
 * background and file type along.
 */

import { OPTIONS } from '../messages/facts.js';
import { isMarket, isSticker, settingsForShape } from '../settings/shapes.js';
import { make } from '../ui/dom.js';
import { text } from '../ui/i18n.js';
import { number, row } from '../ui/setting_rows.js';
import { shapeChoices } from '../ui/shape_choices.js';

/** @typedef {import('../settings/output_settings.js').OutputSettings} OutputSettings */

/** Names of the kinds of shadow, as the editor has them. */
const SHADOWS = Object.freeze(['none', ...OPTIONS.shadow_kind.choices]);

/**
 * Build the form.
 *
 * @param {() => OutputSettings} now  The settings as they are.
 * @param {(changes: Partial<OutputSettings>) => void} onChange
 * @returns {{ element: HTMLElement, show: (values: OutputSettings) => void }}
 */
export function createLookForm(now, onChange) {
    const shape = make('select', { id: 'making-shape' }, ...shapeChoices());
    shape.addEventListener('change', () => onChange(settingsForShape(shape.value, now())));
    const ownSize = make('input', { type: 'checkbox', id: 'making-own_size' });
    ownSize.addEventListener('change', () => onChange({ ownSize: ownSize.checked }));
    const ownSizeRow = row('own_size', ownSize);
    const feather = number('feather', 0.5, (value) => onChange({ feather: value }));
    const shiftEdge = number('shift_edge', 0.5, (value) => onChange({ shiftEdge: value }));
    const outline = number('outline', 0.5, (value) => onChange({ outline: value }));
    const color = make('input', { type: 'color', id: 'making-outline_color' });
    color.addEventListener('change', () => onChange({ outlineColor: color.value }));
    const colorRow = row('outline_color', color);
    const shadow = make('select', { id: 'making-shadow' }, ...SHADOWS.map(shadowChoice));
    shadow.addEventListener('change', () =>
        onChange({ shadow: /** @type {any} */ (shadow.value) }),
    );
    const element = make(
        'div',
        { className: 'making' },
        ...[row('shape', shape), ownSizeRow, feather.row, shiftEdge.row],
        ...[outline.row, colorRow, row('shadow', shadow)],
    );
    return {
        element,
        show(values) {
            shape.value = values.shape;
            ownSize.checked = values.ownSize;
            feather.control.valueAsNumber = values.feather;
            shiftEdge.control.valueAsNumber = values.shiftEdge;
            outline.control.valueAsNumber = values.outline;
            color.value = values.outlineColor;
            shadow.value = values.shadow;
            ownSizeRow.hidden = !(isMarket(values.shape) || isSticker(values.shape));
            colorRow.hidden = values.outline === 0;
        },
    };
}

/** @param {string} value */
function shadowChoice(value) {
    const key = value === 'none' ? 'making_shadow_none' : `edit_shadow_${value}`;
    return make('option', { value, textContent: text(key) });
}
