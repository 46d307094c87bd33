/**
 * @file Shows the facts of a finished job beside the picture: times and models.
 *
 * Decides: how times and models are written; the texts are in `_locales` (`timing_<stage>`).
 * Notices: notices.js.
 */

import { byId, make } from '../ui/dom.js';
import { formatNumber, text } from '../ui/i18n.js';

/** @param {import('../messages/job_types.js').JobSnapshot} snapshot */
export function showFacts({ timings, choice }) {
    if (choice) showChoice(choice);
    showTimings(timings);
}

/** @param {import('../messages/job_types.js').Timings} timings */
function showTimings(timings) {
    /** @type {HTMLElement[]} */
    const rows = [];
    for (const [stage, milliseconds] of Object.entries(timings)) {
        const amount = text('result_milliseconds', formatNumber(Math.round(milliseconds)));
        rows.push(
            make('dt', { textContent: text(`timing_${stage}`) }),
            make('dd', { textContent: amount }),
        );
    }
    byId('timings', HTMLElement).replaceChildren(...rows);
}

/**
 * Which models were used, and why.
 *
 * @param {import('../messages/job_types.js').Choice} choice
 */
function showChoice({ titles, why }) {
    const words = text(`result_models_${why}`, titles.join(' + '));
    byId('models', HTMLElement).textContent = words;
}
