/**
 * @file The toolbar icon: shows how many jobs are under way.
 *
 * Decides: the badge's text, its colour and the icon's tooltip. The number itself comes from
 * engine/job_register.js, the percentage from follow_job.js; a click on the icon opens the popup by
 * manifest.json.
 */

import { api } from '../platform/browser.js';

const BADGE_COLOR = '#7c3aed';

/** @param {{ active: number }} body  Number of jobs. */
export async function showActive({ active }) {
    const name = api.i18n.getMessage('extension_name');
    const title = active ? api.i18n.getMessage('toolbar_working', [String(active)]) : name;
    await api.action.setBadgeBackgroundColor({ color: BADGE_COLOR });
    await api.action.setBadgeText({ text: active ? String(active) : '' });
    await api.action.setTitle({ title });
}

/**
 * How far a job without a page is, on the icon beside the clicked tab.
 *
 * @param {number} tabId
 * @param {string} text  A few letters; empty for none.
 */
export function showProgress(tabId, text) {
    // The tab may be gone by now.
    // null: what all tabs show. Left out, Firefox would refuse it.
    const details = { tabId, text: /** @type {any} */ (text || null) };
    api.action.setBadgeText(details).catch(() => undefined);
}
