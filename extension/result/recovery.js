/**
 * @file Other ways to a cut-out after a failure: the buttons beside it, and what they do.
 *
 * Decides: which failure offers "allow this server", "take it from the screen" or the popup, and
 * what pressing them does.
 */

import { request } from '../messages/request.js';
import { api } from '../platform/browser.js';
import { askToRead } from '../platform/host_right.js';
import { byId } from '../ui/dom.js';
import { waysOn } from '../ui/failure_ways.js';
import { text } from '../ui/i18n.js';
import { resultAddress } from '../ui/start_job.js';

/** @typedef {import('../messages/failure.js').Failure} Failure */
/** @typedef {import('../messages/page_types.js').ImageSource} ImageSource */
/** @typedef {import('../ui/failure_ways.js').Way} Way */

/** @type {Readonly<Record<Way, string>>} The ids of their buttons. */
export const BUTTONS = Object.freeze({
    allow: 'allow',
    screen: 'take-screen',
    again: 'retry',
    hand: 'by-hand',
    best: 'try-best',
    models: 'add-model',
    settings: 'to-settings',
    page: 'to-page',
    picture: 'open-picture',
    own: 'own-picture',
});

/**
 * Show the buttons that fit a failure, the best first.
 *
 * @param {string} code
 * @param {import('../ui/failure_ways.js').Means} means
 */
export function showRecovery(code, means) {
    byId(BUTTONS.allow, HTMLElement).textContent = text(
        'result_allow_host',
        means.detail.host ?? '',
    );
    const ways = waysOn(code, means);
    for (const [way, id] of Object.entries(BUTTONS)) {
        const button = byId(id, HTMLElement);
        button.hidden = !ways.includes(/** @type {Way} */ (way));
        button.classList.toggle('primary', way === ways[0]);
    }
    const details = byId('copy-details', HTMLElement);
    details.before(...ways.map((way) => byId(BUTTONS[way], HTMLElement)));
}

/**
 * Ask the browser for the right to read from the picture's server.
 *
 * @param {Failure} failure
 * @returns {Promise<boolean>}  Whether the person allows it.
 */
export function allowHost({ detail }) {
    return askToRead(String(detail.url));
}

/**
 * The picture of a failure as it can be had now.
 *
 * @param {Failure} failure
 * @returns {ImageSource}
 */
export function sourceOf({ detail }) {
    if (detail.source) return JSON.parse(String(detail.source));
    return { kind: 'url', url: String(detail.url) };
}

/**
 * Look for the clicked picture once more.
 *
 * @param {Failure} failure
 * @param {string} name
 * @returns {Promise<string>}  The address of the page that shows it.
 */
export async function collectAgain({ detail }, name) {
    const clicked = JSON.parse(String(detail.clicked));
    const { jobId } = await request('background', 'picture.again', { clicked, name });
    return resultAddress(jobId);
}

/**
 * Take the picture's pixels from the screen, for which its tab is shown for a moment.
 *
 * @param {Failure} failure
 * @returns {Promise<ImageSource>}
 */
export async function takeScreen({ detail }) {
    const { tabId, frameId, number } = detail;
    const returnTo = (await api.tabs.getCurrent())?.id;
    const { source } = await request('background', 'screen.take', {
        tabId,
        frameId,
        number,
        returnTo,
    });
    return source;
}

/** @param {Failure} failure */
export async function showClickedPage({ detail }) {
    await request('background', 'page.show', { tabId: Number(detail.tabId) });
}
