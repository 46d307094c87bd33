/**
 * @file The form of the output settings: quality, format, background, crop. The settings page and
 * the workbench both show it.
 *
 * Decides: its controls, which of them hide (JPEG quality, margin), the hint that JPEG has no
 * transparency, the named background colours.
 */

import { OPTIONS } from '../messages/facts.js';
import { make } from './dom.js';
import { text } from './i18n.js';
import { number, row } from './setting_rows.js';

/** @typedef {import('../settings/output_settings.js').OutputSettings} OutputSettings */
/** @typedef {import('../settings/file_formats.js').FileFormat} FileFormat */

/** Backgrounds with a name; any other value of the setting is a CSS colour. */
const NAMED_BACKGROUNDS = Object.freeze(['transparent', 'white', 'black', 'blur']);
const FIRST_COLOR = '#4f46e5';
/** Formats that have a quality. */
const LOSSY = Object.freeze(['webp', 'jpeg']);

/**
 * Build the form.
 *
 * @param {OutputSettings} values  The first values.
 * @param {(changes: Partial<OutputSettings>) => void} onChange  Called with each valid change.
 * @param {readonly FileFormat[]} formats  Which of them can be chosen.
 * @returns {{ element: HTMLElement, show: (values: OutputSettings) => void }}
 */
export function createOutputSettingsForm(values, onChange, formats) {
    const fields = makeFields((changes) => {
        onChange(changes);
        showRelevant(fields);
    }, formats);
    const { quality, autoHint, format, fileQuality, background, jpegHint, crop, margin } = fields;
    const element = make(
        'div',
        { className: 'making' },
        ...[quality.row, autoHint, format.row, fileQuality.row, background.row, jpegHint],
        ...[row('crop', crop), margin.row],
    );
    /** @param {OutputSettings} shown */
    const show = (shown) => {
        fillIn(fields, shown);
        showRelevant(fields);
    };
    show(values);
    return { element, show };
}

/**
 * @param {(changes: Partial<OutputSettings>) => void} onChange
 * @param {readonly FileFormat[]} formats
 */
function makeFields(onChange, formats) {
    const crop = make('input', { type: 'checkbox', id: 'making-crop' });
    crop.addEventListener('change', () => onChange({ crop: crop.checked }));
    return {
        quality: choice('quality', OPTIONS.quality.choices, (value) =>
            onChange({ quality: value }),
        ),
        autoHint: make('p', { className: 'quiet', textContent: text('making_auto_hint') }),
        format: choice('format', formats, (value) => onChange({ format: value })),
        fileQuality: number('file_quality', 1, (value) => onChange({ fileQuality: value })),
        background: backgroundRow((value) => onChange({ background: value })),
        jpegHint: make('p', { className: 'quiet', textContent: text('making_jpeg_hint') }),
        crop,
        margin: number('margin', 1, (value) => onChange({ margin: value })),
    };
}

/** @typedef {ReturnType<typeof makeFields>} Fields */

/**
 * Show only the controls that have an effect with the other choices.
 *
 * @param {Fields} fields
 */
function showRelevant({
    quality,
    autoHint,
    format,
    fileQuality,
    background,
    jpegHint,
    crop,
    margin,
}) {
    autoHint.hidden = quality.control.value !== 'auto';
    fileQuality.row.hidden = !LOSSY.includes(format.control.value);
    jpegHint.hidden = format.control.value !== 'jpeg' || !background.isTransparent();
    margin.row.hidden = !crop.checked;
}

/**
 * @param {Fields} fields
 * @param {OutputSettings} values
 */
function fillIn({ quality, format, fileQuality, background, crop, margin }, values) {
    quality.control.value = values.quality;
    format.control.value = values.format;
    fileQuality.control.valueAsNumber = values.fileQuality;
    background.show(values.background);
    crop.checked = values.crop;
    margin.control.valueAsNumber = values.margin;
}

/**
 * @param {string} name
 * @param {readonly string[]} values
 * @param {(value: any) => void} onChange
 */
function choice(name, values, onChange) {
    const control = make('select', { id: `making-${name}` });
    for (const value of values) {
        control.append(make('option', { value, textContent: text(`making_${name}_${value}`) }));
    }
    control.addEventListener('change', () => onChange(control.value));
    return { control, row: row(name, control) };
}

/** @param {(value: string) => void} onChange */
function backgroundRow(onChange) {
    const select = make('select', { id: 'making-background' });
    for (const value of [...NAMED_BACKGROUNDS, 'color']) {
        const textContent = text(`making_background_${value}`);
        select.append(make('option', { value, textContent }));
    }
    const color = make('input', { type: 'color', value: FIRST_COLOR });
    color.setAttribute('aria-label', text('making_background_color'));
    const chosen = () => (select.value === 'color' ? color.value : select.value);
    const report = () => {
        color.hidden = select.value !== 'color';
        onChange(chosen());
    };
    select.addEventListener('change', report);
    color.addEventListener('change', report);
    return {
        row: row('background', select, color),
        isTransparent: () => chosen() === 'transparent',
        /** @param {string} value */
        show(value) {
            const isNamed = NAMED_BACKGROUNDS.includes(value);
            select.value = isNamed ? value : 'color';
            if (!isNamed) color.value = value;
            color.hidden = isNamed;
        },
    };
}
