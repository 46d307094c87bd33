/**
 * @file The page that lists what Offcut asked of the network, the newest first, and follows it.
 *
 * Decides: what is shown of a request. What is kept: background/ledger.js.
 */

import { readRequests, watchRequests } from '../platform/request_ledger.js';
import { byId, make } from '../ui/dom.js';
import { LANGUAGE, localizePage, text } from '../ui/i18n.js';
import { followTheme } from '../ui/theme.js';

/** @typedef {import('../platform/request_ledger.js').LedgerEntry} LedgerEntry */

localizePage();
document.title = text('result_page_title', text('requests_title'));
watchRequests(show);
await Promise.all([followTheme(), show()]);
document.documentElement.dataset.state = 'ready';

async function show() {
    const requests = await readRequests();
    byId('none', HTMLElement).hidden = requests.length > 0;
    byId('requests', HTMLElement).replaceChildren(...requests.toReversed().map(row));
}

/** @param {LedgerEntry} request */
function row(request) {
    const { at, url, why, outcome } = request;
    const time = make('time', { dateTime: new Date(at).toISOString() });
    time.textContent = new Date(at).toLocaleTimeString(LANGUAGE);
    const about = make('span', { className: 'quiet' }, time, ` · ${text(`requests_why_${why}`)}`);
    about.append(` · ${outcomeText(request)}`);
    const address = make('span', { className: 'address', textContent: url, dir: 'ltr' });
    const item = make('li', {}, address, about);
    item.dataset.outcome = outcome;
    return item;
}

/** @param {LedgerEntry} request */
function outcomeText({ outcome, status = 0, to, sentOn, unsaid, by }) {
    const said = [
        outcome === 'answered'
            ? text('requests_answered', status || '–')
            : text(`requests_${outcome}`),
    ];
    if (to) said.push(text('requests_sent_on', to));
    if (sentOn) said.push(text('requests_sent_on_unsaid'));
    if (unsaid) said.push(text('requests_perhaps_sent_on'));
    if (by === 'page') said.push(text('requests_by_page'));
    return said.join(' · ');
}
