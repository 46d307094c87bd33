/**
 * @file Settings: the sites from which Offcut may read pictures, each with a button that revokes
 * the right.
 *
 * Decides: the order and the names of the sites, and the entry for all sites.
 */

import { api } from '../platform/browser.js';
import { byId, make } from '../ui/dom.js';
import { text } from '../ui/i18n.js';
import { say } from './save_setting.js';

/** List the rights, and follow their changes while the page is open. */
export async function setUpSites() {
    api.permissions.onAdded.addListener(showSites);
    api.permissions.onRemoved.addListener(showSites);
    await showSites();
}

async function showSites() {
    const { origins = [] } = await api.permissions.getAll();
    byId('no-sites', HTMLElement).hidden = origins.length > 0;
    byId('site-list', HTMLElement).replaceChildren(...origins.sort().map(siteRow));
}

/** @param {string} origin  A match pattern: `https://pictures.test/*`. */
function siteRow(origin) {
    const site = origin.replace(/\/\*$/, '');
    const isEverywhere = /^(\*|https?):\/\/\*$/.test(site) || origin === '<all_urls>';
    const label = isEverywhere ? text('options_all_sites', site) : site;
    const button = make('button', { type: 'button', textContent: text('options_remove_site') });
    button.setAttribute('aria-label', text('options_remove_site_label', label));
    button.addEventListener('click', async () => {
        await api.permissions.remove({ origins: [origin] });
        say(text('options_site_removed', label));
        byId('sites-title', HTMLElement).focus();
    });
    return make('li', { className: 'row' }, make('span', { className: 'label' }, label), button);
}
