/**
 * @file Shows the facts of a finished job beside the picture: notices, times and models.
 *
 * Decides: how times, models and notices are written; the texts are in `_locales` (`notice_<CODE>`,
 * `timing_<stage>`).
 */

import { byId, make } from '../ui/dom.js';
import { formatNumber, text } from '../ui/i18n.js';

/** @param {import('../messages/job_types.js').JobSnapshot} snapshot */
export function showFacts({ cutout, timings, choice }) {
    showNotices(cutout?.notices ?? []);
    if (choice) showChoice(choice);
    showTimings(timings);
}

/** @param {string[]} notices */
function showNotices(notices) {
    const element = byId('notices', HTMLElement);
    element.hidden = notices.length === 0;
    element.textContent = notices.map((code) => text(`notice_${code}`)).join(' ');
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
function showChoice({ titles, quality, why }) {
    const level = text(`making_quality_${quality}`);
    const words = text(`result_models_${why}`, titles.join(' + '), level);
    byId('models', HTMLElement).textContent = words;
}
