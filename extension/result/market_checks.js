/**
 * @file Shows whether the file is what its market place asks for.
 *
 * Decides: the sentence of each check and of all together after a download, how the numbers and the
 * source are written. What is checked, and how: py/offcut/composing/market_checks.py.
 */

import { MARKETS } from '../messages/markets.js';
import { byId, make } from '../ui/dom.js';
import { formatDay, formatNumber, text } from '../ui/i18n.js';

/** @typedef {import('../messages/job_types.js').Check} Check */
/** @typedef {keyof typeof MARKETS} Market */

/**
 * Show the checks of the newest file.
 *
 * @param {readonly Check[] | undefined} checks
 * @param {string} frame  As in EditState: a market place, or anything else.
 */
export function showChecks(checks = [], frame) {
    const market = MARKETS[/** @type {Market} */ (frame)];
    if (!market) return;
    byId('market-title', HTMLElement).textContent = text('check_title', market.title);
    byId('market-checks', HTMLElement).replaceChildren(...checks.map(showCheck));
    const key = market.read === 'page' ? 'check_source' : 'check_source_quoted';
    byId('market-source', HTMLElement).textContent = text(
        key,
        market.source,
        formatDay(market.date),
    );
}

/**
 * What is said once the file is saved.
 *
 * @param {readonly Check[] | undefined} checks
 * @param {string} frame
 */
export function checkSentence(checks = [], frame) {
    const market = MARKETS[/** @type {Market} */ (frame)];
    if (!market || checks.length === 0) return '';
    const isAll = checks.every(({ met }) => met);
    return text(isAll ? 'check_said_all' : 'check_said_some', market.title);
}

/** @param {Check} check */
function showCheck(check) {
    const mark = make('span', { textContent: check.met ? '✓' : '✗' });
    mark.setAttribute('aria-hidden', 'true');
    const state = text(check.met ? 'check_met' : 'check_unmet');
    const spoken = make('span', { className: 'visually-hidden', textContent: ` ${state}` });
    const item = make('li', {}, mark, make('span', {}, sentenceOf(check), spoken));
    item.dataset.check = check.name;
    item.dataset.met = String(check.met);
    return item;
}

/** @param {Check} check */
function sentenceOf({ name, met, value, least, most }) {
    if (name === 'longest_side')
        return text('check_side', ...[value, least, most].map(formatNumber));
    if (name === 'fill') {
        const isFree = least === 0 && most === 1;
        const [fill = '', ...range] = [value, least, most].map((share) =>
            formatNumber(share * 100),
        );
        return isFree ? text('check_fill_free', fill) : text('check_fill', fill, ...range);
    }
    if (name === 'file_size')
        return text('check_kilobytes', formatNumber(Math.ceil(value)), formatNumber(most));
    if (name === 'enlarged' && !met) return text('check_enlarged', formatNumber(value));
    return text(`check_${name}_${met ? 'yes' : 'no'}`);
}
