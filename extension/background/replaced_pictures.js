/**
 * @file Which tabs show a cut-out that can be taken back: the menu offers that there, and nowhere
 * else. The browser keeps the list for the session, and asks by address where the entry fits, so
 * that no event is needed while there is none.
 */

import { api } from '../platform/browser.js';
import { readSession, writeSession } from '../platform/session_store.js';
import { askFrame } from './content_script.js';

/** @typedef {{ frameId: number, pages: string[] }} ReplacedFrame  And the addresses it is at. */
/** @typedef {Record<string, ReplacedFrame[]>} Replaced  By tab. */

/** One after the other: each reads the list and writes it anew. */
let changing = Promise.resolve();

/**
 * Look again at what a tab shows.
 *
 * @param {number} tabId
 * @param {ReplacedFrame} [fresh]  A frame in which something was replaced.
 */
export function checkReplaced(tabId, fresh) {
    changing = changing.then(() => check(tabId, fresh)).catch((error) => console.warn(error));
    return changing;
}

/**
 * Where the entry fits: patterns of addresses, none if nowhere.
 *
 * @returns {Promise<string[]>}
 */
export async function replacedPages() {
    const pages = Object.values(await readReplaced()).flatMap((frames) =>
        frames.flatMap(({ pages }) => pages),
    );
    const patterns = pages
        .filter((page) => /^(?:https?|file):/.test(page))
        .map((page) => page.replace(/#.*$/, ''));
    return [...new Set(patterns)];
}

/** @type {(() => void) | undefined} What to do when the list has changed. */
let tell;

/**
 * To be called in the service worker's first turn.
 *
 * @param {() => void} onChanged
 */
export function followReplaced(onChanged) {
    tell = onChanged;
    api.runtime.onMessage.addListener((message, { tab }) => {
        // All that a page's script may say, and nothing of it is believed: the page is asked.
        if (message?.type !== 'replaced.changed' || tab?.id === undefined) return false;
        checkReplaced(tab.id);
        return false;
    });
    // What has woken the worker is told at the end of this turn, to those who listen by then: a
    // page that was loaded anew would be missed while the list is still being read.
    listen();
    changing = changing.then(readReplaced).then(restIfNone, (error) => console.warn(error));
    return changing;
}

/**
 * @param {number} tabId
 * @param {ReplacedFrame} [fresh]
 */
async function check(tabId, fresh) {
    const replaced = await readReplaced();
    const known = (replaced[tabId] ?? []).filter(({ frameId }) => frameId !== fresh?.frameId);
    const frames = fresh ? [...known, fresh] : known;
    if (frames.length === 0) return;
    const left = await Promise.all(frames.map((frame) => look(tabId, frame)));
    replaced[tabId] = left.flatMap((frame) => frame ?? []);
    if (replaced[tabId].length === 0) delete replaced[tabId];
    await writeSession({ replaced });
    listen();
    restIfNone(replaced);
    tell?.();
}

/**
 * @param {number} tabId
 * @param {ReplacedFrame} frame
 * @returns {Promise<ReplacedFrame | null>}  null if nothing can be taken back there (any more).
 */
async function look(tabId, { frameId, pages }) {
    const none = { count: 0, page: '' };
    const { count, page } = await askFrame({ tabId, frameId }, 'replaced.count').catch(() => none);
    // A page may change its address without being loaded anew.
    return count > 0 ? { frameId, pages: frameId === 0 ? [page] : [...pages, page] } : null;
}

/** @returns {Promise<Replaced>} */
async function readReplaced() {
    const { replaced } = await readSession();
    return /** @type {Replaced} */ (replaced ?? {});
}

function listen() {
    api.tabs.onUpdated.addListener(onTabChanged);
    api.tabs.onRemoved.addListener(onTabChanged);
}

/**
 * Where nothing can be taken back, no tab wakes the service worker: the browser remembers a
 * listener of a former one until it is taken away again.
 *
 * @param {Replaced} replaced
 */
function restIfNone(replaced) {
    if (Object.keys(replaced).length > 0) return;
    api.tabs.onUpdated.removeListener(onTabChanged);
    api.tabs.onRemoved.removeListener(onTabChanged);
}

/** @param {number} tabId */
function onTabChanged(tabId) {
    checkReplaced(tabId);
}
