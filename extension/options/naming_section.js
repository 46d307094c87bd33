/**
 * @file Settings: the pattern of file names, with a preview.
 *
 * Decides: the preview and what is said of a bad pattern. What a pattern may contain:
 * settings/file_name.js.
 */

import { outputFileName, patternProblem } from '../settings/file_name.js';
import { byId } from '../ui/dom.js';
import { text } from '../ui/i18n.js';
import { save } from './save_setting.js';

/** @param {import('../settings/settings.js').Settings} settings */
export function setUpNaming({ fileNamePattern }) {
    const field = byId('pattern', HTMLInputElement);
    field.value = fileNamePattern;
    showPreview(field);
    field.addEventListener('input', async () => {
        if (showPreview(field)) await save({ fileNamePattern: field.value });
    });
}

/**
 * @param {HTMLInputElement} field
 * @returns {boolean}  Whether the pattern can be used.
 */
function showPreview(field) {
    const preview = byId('pattern-preview', HTMLElement);
    const problem = patternProblem(field.value);
    field.setAttribute('aria-invalid', String(problem !== null));
    preview.dataset.state = problem ? 'bad' : 'good';
    const facts = { name: 'holiday', mediaType: 'image/png', width: 1200, height: 800 };
    preview.textContent = problem
        ? text(`options_pattern_${problem}`)
        : text('options_pattern_preview', outputFileName(field.value, facts));
    return problem === null;
}
