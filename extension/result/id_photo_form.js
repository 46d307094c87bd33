/**
 * @file The controls of the group "ID photo".
 *
 * Decides: which there are, and their order. What they do: editor/id_photo.js, print_sheets.js.
 */

import { byId, make } from '../ui/dom.js';
import { text } from '../ui/i18n.js';

const MILLIMETRES = Object.freeze({ min: '10', max: '300', step: '0.1' });
const PAPERS = Object.freeze({ '10x15': 'photo', a4: 'a4', letter: 'letter' });

/** Fill the group; before the panel's controls are connected. */
export function fillIdPhotoGroup() {
    const format = make('select', { id: 'id-photo' });
    format.dataset.field = 'idPhoto';
    const papers = Object.entries(PAPERS).map(([value, name]) =>
        make('option', { value, textContent: text(`id_paper_${name}`) }),
    );
    const isChosen = 'hasIdPhoto=true';
    const sides = make(
        'div',
        { className: 'controls' },
        number('id-width', 'idWidth', MILLIMETRES),
        make('span', { textContent: '×', ariaHidden: 'true' }),
        number('id-height', 'idHeight', MILLIMETRES),
    );
    sides.lastElementChild?.setAttribute('aria-label', text('edit_canvas_height'));
    const head = number('id-head', 'idHead', { ...MILLIMETRES, min: '5' });
    const dpi = number('dpi', 'dpi', { min: '72', max: '1200', step: '1' });
    byId('id-group', HTMLElement).append(
        row('id_format', 'id-photo', format),
        shownWhen(isChosen, words('id_refused', 'id-refused')),
        shownWhen(isChosen, words('id_hint', 'id-hint', 'quiet')),
        shownWhen(isChosen, guides()),
        shownWhen('idPhoto=own', row('id_size', 'id-width', sides)),
        shownWhen('idPhoto=own', row('id_head', 'id-head', head)),
        shownWhen(isChosen, row('id_dpi', 'dpi', dpi)),
        shownWhen(
            isChosen,
            row('id_sheet', 'paper-size', make('select', { id: 'paper-size' }, ...papers)),
        ),
        shownWhen(isChosen, sheetButtons()),
        shownWhen(isChosen, make('p', { id: 'id-source', className: 'quiet source' })),
    );
}

function guides() {
    const picture = make('canvas', { id: 'id-picture', width: 3, height: 4, ariaHidden: 'true' });
    return make(
        'div',
        { id: 'id-guides', className: 'id-guides' },
        picture,
        mark('id-middle', 'id_middle', 'horizontal'),
        mark('mark-idCrown', 'id_crown', 'vertical'),
        mark('mark-idEyes', 'id_eyes', 'vertical'),
        mark('mark-idChin', 'id_chin', 'vertical'),
    );
}

/**
 * @param {string} id
 * @param {string} key
 * @param {'horizontal' | 'vertical'} orientation  In which it is moved.
 */
function mark(id, key, orientation) {
    const isUpright = orientation === 'horizontal';
    const name = text(key);
    const element = make('div', {
        id,
        className: isUpright ? 'mark upright' : 'mark',
        tabIndex: 0,
    });
    const facts = { role: 'slider', 'aria-label': name, 'aria-orientation': orientation };
    const range = { 'aria-valuemin': '0', 'aria-valuemax': '100', 'aria-describedby': 'id-hint' };
    for (const [attribute, value] of Object.entries({ ...facts, ...range }))
        element.setAttribute(attribute, value);
    if (!isUpright) element.append(make('span', { textContent: name, ariaHidden: 'true' }));
    return element;
}

function sheetButtons() {
    const buttons = ['jpeg', 'pdf'].map((kind) => {
        const textContent = text(`id_sheet_${kind}`);
        return make('button', { id: `sheet-${kind}`, type: 'button', textContent });
    });
    return make('div', { className: 'buttons' }, ...buttons);
}

/**
 * @param {string} key
 * @param {string} id  Of the first control.
 * @param {HTMLElement} control
 */
function row(key, id, control) {
    const label = make('label', { htmlFor: id, textContent: text(key) });
    return make('div', { className: 'row id-size' }, label, control);
}

/**
 * @param {string} id
 * @param {string} field
 * @param {{ min: string, max: string, step: string }} range
 */
function number(id, field, range) {
    const control = make('input', { id, type: 'number', required: true, ...range });
    control.dataset.field = field;
    return control;
}

/**
 * @param {string} key
 * @param {string} id
 * @param {string} [className]
 */
function words(key, id, className = '') {
    return make('p', { id, className, textContent: text(key) });
}

/**
 * @param {string} when
 * @param {HTMLElement} element
 */
function shownWhen(when, element) {
    element.dataset.when = when;
    element.hidden = true;
    return element;
}
