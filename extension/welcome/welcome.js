/**
 * @file The start page: lets a new user try Offcut on a picture at once, and shows the shortcuts as
 * they are really set.
 *
 * Decides: what one click on "try it" does, when the hint about pinning the icon shows, where faults are
 * reported (the manifest's `homepage_url`, which whoever packs the extension sets; without it nothing
 * is said).
 */

import { request } from '../messages/request.js';
import { api } from '../platform/browser.js';
import { byId, make } from '../ui/dom.js';
import { localizePage, text } from '../ui/i18n.js';
import { startJob } from '../ui/start_job.js';
import { followTheme } from '../ui/theme.js';

const SAMPLE = 'welcome/coffee.jpg';

localizePage();
document.title = text('result_page_title', text('welcome_title'));
byId('sample', HTMLImageElement).alt = text('welcome_sample');
byId('try-button', HTMLButtonElement).addEventListener('click', tryIt);
showAbout();
await Promise.all([followTheme(), showShortcuts(), showPin()]);
// A shortcut may be changed, and the icon pinned, while this page is open.
document.addEventListener('visibilitychange', () => Promise.all([showShortcuts(), showPin()]));
document.documentElement.dataset.state = 'ready';
if (location.hash === '#about') byId('about-title', HTMLElement).focus();

/** The sample goes the way of every picture: a job, and its page beside this one. */
async function tryIt() {
    const button = byId('try-button', HTMLButtonElement);
    button.disabled = true; // so that a second click does not do it twice
    byId('try-problem', HTMLElement).hidden = true;
    try {
        const blob = await (await fetch(api.runtime.getURL(SAMPLE))).blob();
        const jobId = await startJob(text('welcome_sample'), { kind: 'blob', blob });
        await request('background', 'result.open', { jobId });
    } catch (error) {
        console.error(error);
        byId('try-problem', HTMLElement).textContent = text('popup_cannot_start');
        byId('try-problem', HTMLElement).hidden = false;
    }
    button.disabled = false;
}

async function showShortcuts() {
    const set = new Map((await api.commands.getAll()).map((each) => [each.name, each.shortcut]));
    const click = set.get('remove_background');
    byId('shortcut-way', HTMLElement).textContent = click
        ? text('welcome_way_shortcut', click)
        : text('clicks_no_shortcut');
    const popup = set.get('_execute_action');
    byId('popup-way', HTMLElement).textContent = popup
        ? text('welcome_way_popup', popup)
        : text('welcome_way_popup_only');
}

/** Who has pinned the icon need not be told how. */
async function showPin() {
    const { isOnToolbar = false } = (await api.action.getUserSettings?.()) ?? {};
    byId('pin', HTMLElement).hidden = isOnToolbar;
}

function showAbout() {
    const { version, homepage_url: address } = api.runtime.getManifest();
    byId('version', HTMLElement).textContent = text('about_version', version);
    if (!address) return;
    const link = make('a', { href: address, textContent: address, dir: 'ltr' });
    byId('report-address', HTMLElement).append(link);
    byId('report', HTMLElement).hidden = false;
}
