/**
 * @file Saves a file by the browser's downloads, and waits for what the browser says of it: only
 * that is the truth. A click on a link gives no answer, so nothing here uses one.
 */

import { plainFileName } from '../settings/clean_name.js';
import { api } from './browser.js';

/**
 * What became of a file: `cancelled` by the person who was asked where to put it, or `failed` for
 * a reason that the text `save_failed_<why>` tells.
 *
 * @typedef {{ state: 'saved' } | { state: 'cancelled' } | SaveFailure} SaveOutcome
 * @typedef {{ state: 'failed', why: SaveProblem, reason: string }} SaveFailure
 * @typedef {'full' | 'folder' | 'unwritten' | 'blocked' | 'other'} SaveProblem
 */

/** @type {readonly [SaveProblem, RegExp][]} By the browser's names of what interrupts a download. */
const PROBLEMS = [
    ['full', /NO_SPACE|TOO_LARGE/],
    ['folder', /ACCESS_DENIED|NAME_TOO_LONG|TRANSIENT/],
    ['unwritten', /FILE_FAILED/], // all that Firefox says, also of a full disk
    ['blocked', /BLOCKED|SECURITY|VIRUS/],
];
/** Also keeps a service worker awake for as long as a dialogue stands open. */
const LOOK_EVERY_MS = 20_000;

/**
 * Save what is at an address.
 *
 * @param {string} url       Must be good until this is over.
 * @param {string} fileName  With its suffix. Where it is taken the browser adds a number.
 * @returns {Promise<SaveOutcome>}
 */
export async function saveAddress(url, fileName) {
    try {
        return await waitForEnd(await start(url, fileName));
    } catch (error) {
        // The browser can also refuse before there is a download.
        return outcomeOf(error instanceof Error ? error.message : String(error));
    }
}

/**
 * @param {string} url
 * @param {string} fileName
 * @returns {Promise<number>}  The download's id.
 */
async function start(url, fileName) {
    const plain = plainFileName(fileName);
    try {
        return await begin(url, fileName);
    } catch (error) {
        if (!/filename/i.test(String(error)) || plain === fileName) throw error;
        console.info('the browser takes a plainer name only:', error);
        return begin(url, plain);
    }
}

/**
 * @param {string} url
 * @param {string} filename
 */
function begin(url, filename) {
    return api.downloads.download({ url, filename, conflictAction: 'uniquify' });
}

/**
 * @param {number} id
 * @returns {Promise<SaveOutcome>}
 */
async function waitForEnd(id) {
    const { onChanged, onErased } = api.downloads;
    let look = () => undefined;
    const hear = (/** @type {{ id: number } | number} */ told) => {
        if (told === id || (typeof told === 'object' && told.id === id)) look();
    };
    onChanged.addListener(hear);
    onErased.addListener(hear);
    const timer = setInterval(() => look(), LOOK_EVERY_MS);
    try {
        return await new Promise((resolve, reject) => {
            look = () => void readEnd(id).then((end) => end && resolve(end), reject);
            look(); // it may be over already
        });
    } finally {
        clearInterval(timer);
        onChanged.removeListener(hear);
        onErased.removeListener(hear);
    }
}

/**
 * @param {number} id
 * @returns {Promise<SaveOutcome | null>}  Null as long as it is not over.
 */
async function readEnd(id) {
    const [item] = await api.downloads.search({ id });
    if (!item) return { state: 'cancelled' }; // taken off the browser's list
    if (item.state === 'complete') return { state: 'saved' };
    // Firefox says that it is interrupted a moment before it knows why.
    return item.state === 'interrupted' && item.error ? outcomeOf(item.error) : null;
}

/**
 * @param {string} reason  Of the browser, such as `FILE_NO_SPACE`.
 * @returns {SaveOutcome}
 */
function outcomeOf(reason) {
    // A browser that is closed in the middle was not told to leave the file.
    if (/CANCELL?ED/i.test(reason)) return { state: 'cancelled' };
    const why = PROBLEMS.find(([, pattern]) => pattern.test(reason))?.[0] ?? 'other';
    return { state: 'failed', why, reason };
}
