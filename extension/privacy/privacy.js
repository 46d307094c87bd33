/**
 * @file The page with the privacy policy.
 *
 * Decides: the contact: the manifest's `homepage_url`, which whoever packs the extension sets in that
 * one place. Without it there is no contact on the page.
 */

import { api } from '../platform/browser.js';
import { byId, make } from '../ui/dom.js';
import { LANGUAGE, localizePage, text } from '../ui/i18n.js';
import { followTheme } from '../ui/theme.js';

localizePage();
document.title = text('result_page_title', text('privacy_title'));
const dated = byId('dated', HTMLTimeElement);
const day = new Date(dated.dateTime);
const written = day.toLocaleDateString(LANGUAGE, { dateStyle: 'long', timeZone: 'UTC' });
dated.textContent = text('privacy_dated', written);
showContact();
await followTheme();
document.documentElement.dataset.state = 'ready';

function showContact() {
    const { homepage_url: address } = api.runtime.getManifest();
    if (!address) return;
    const link = make('a', { href: address, textContent: address, dir: 'ltr' });
    byId('contact-address', HTMLElement).append(link);
    byId('contact', HTMLElement).hidden = false;
}
