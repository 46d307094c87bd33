/**
 * @file Settings: the pattern of file names, with a preview.
 *
 * Decides: the preview, what is said of a bad pattern, that with one the last good one is kept. What a pattern may contain:
 * settings/file_name.js.
 */

import { outputFileName, patternProblem } from '../settings/file_name.js';
import { byId } from '../ui/dom.js';
import { text } from '../ui/i18n.js';
import { save, say } from './save_setting.js';

/** @param {import('../settings/settings.js').Settings} settings */
export function setUpNaming({ fileNamePattern }) {
    const field = byId('pattern', HTMLInputElement);
    field.value = fileNamePattern;
    let good = fileNamePattern;
    showPreview(field, good);
    // The first part of a bad pattern may be a good one, and was saved: nobody wants that one.
    field.addEventListener('input', async () => {
        const isGood = showPreview(field, good);
        await save({ fileNamePattern: isGood ? field.value : good });
        if (!isGood) say('');
    });
    field.addEventListener('change', () => {
        if (patternProblem(field.value) === null) good = field.value;
    });
}

/**
 * @param {HTMLInputElement} field
 * @param {string} good  The pattern that is in force while this one cannot be used.
 * @returns {boolean}  Whether the pattern can be used.
 */
function showPreview(field, good) {
    const preview = byId('pattern-preview', HTMLElement);
    const problem = patternProblem(field.value);
    field.setAttribute('aria-invalid', String(problem !== null));
    preview.dataset.state = problem ? 'bad' : 'good';
    const facts = { name: 'holiday', mediaType: 'image/png', width: 1200, height: 800 };
    preview.textContent = problem
        ? text('options_pattern_kept', text(`options_pattern_${problem}`), good)
        : text('options_pattern_preview', outputFileName(field.value, facts));
    return problem === null;
}
