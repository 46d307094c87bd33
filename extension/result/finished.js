/**
 * @file The finished cutout: the picture, its size, the time it took.
 */

import { byId } from '../ui/dom.js';
import { formatNumber, text } from '../ui/i18n.js';

/** @param {import('../messages/types.js').JobSnapshot} snapshot */
export function showCutout({ cutout, timings, choice }) {
    if (!cutout || !byId('finished', HTMLElement).hidden) return;
    const image = byId('cutout', HTMLImageElement);
    image.src = URL.createObjectURL(cutout.blob);
    image.alt = text('result_cutout');
    const seconds = formatNumber((timings.total ?? 0) / 1000);
    const size = text('result_facts', cutout.width, cutout.height, seconds);
    byId('facts', HTMLElement).textContent = size;
    showNotices(cutout.notices);
    showTimings(timings);
    if (choice) showChoice(choice);
    byId('cutout-figure', HTMLElement).hidden = false;
    byId('finished', HTMLElement).hidden = false;
}

/** @param {string[]} notices */
function showNotices(notices) {
    const element = byId('notices', HTMLElement);
    element.hidden = notices.length === 0;
    element.textContent = notices.map((code) => text(`notice_${code}`)).join(' ');
}

/** @param {import('../messages/types.js').Timings} timings */
function showTimings(timings) {
    const list = byId('timings', HTMLElement);
    for (const [stage, milliseconds] of Object.entries(timings)) {
        const term = document.createElement('dt');
        const value = document.createElement('dd');
        term.textContent = text(`timing_${stage}`);
        value.textContent = text('result_milliseconds', formatNumber(Math.round(milliseconds)));
        list.append(term, value);
    }
}

/**
 * Which models were asked, and why these.
 *
 * @param {import('../messages/types.js').Choice} choice
 */
function showChoice({ titles, quality, why }) {
    const term = document.createElement('dt');
    const value = document.createElement('dd');
    term.textContent = text('result_models');
    value.id = 'models';
    value.textContent = text(
        `result_models_${why}`,
        titles.join(' + '),
        text(`making_quality_${quality}`),
    );
    byId('timings', HTMLElement).prepend(term, value);
}
