/**
 * @file The controls of a cut-out that moves, which fill their part of the page when it is needed.
 *
 * Decides: their order, and which formats are offered.
 */

import { formatName, MOVING_FORMATS } from '../settings/file_formats.js';
import { byId, make } from '../ui/dom.js';
import { text } from '../ui/i18n.js';

/** Fill the part of the page. */
export function fillMovingPanel() {
    const picture = make('img', { id: 'moving-cutout' });
    const frame = { id: 'moving-frame', type: 'number', min: '1', value: '1', step: '1' };
    byId('moving', HTMLElement).replaceChildren(
        make('div', { className: 'frame checkerboard' }, picture),
        make('p', { id: 'moving-facts', className: 'quiet', role: 'status' }),
        make('p', { id: 'moving-notices' }),
        formats(),
        make('p', { id: 'moving-png-hint', className: 'quiet', textContent: text('moving_png') }),
        make(
            'div',
            { className: 'buttons' },
            button('moving-download', 'result_download', 'primary'),
            button('moving-copy', 'result_copy'),
        ),
        make(
            'div',
            { className: 'one-frame' },
            make('label', { htmlFor: 'moving-frame', textContent: text('moving_frame') }),
            make('input', frame),
            button('moving-still', 'moving_only_frame'),
        ),
        make('p', { className: 'quiet', textContent: text('moving_hint') }),
        make('p', { id: 'moving-in-batch', hidden: true, textContent: text('moving_in_batch') }),
    );
}

function formats() {
    const name = text('making_format');
    const legend = make('legend', { className: 'visually-hidden', textContent: name });
    const labels = MOVING_FORMATS.map((value) => {
        const radio = { id: `moving-${value}`, type: 'radio', name: 'moving-format', value };
        const words = make('span', { textContent: formatName(value) });
        return make('label', { htmlFor: radio.id }, make('input', radio), words);
    });
    return make('fieldset', { className: 'choice' }, legend, ...labels);
}

/**
 * @param {string} id
 * @param {string} key  Of its text.
 * @param {string} [className]
 */
function button(id, key, className = '') {
    return make('button', { id, type: 'button', className, textContent: text(key) });
}
