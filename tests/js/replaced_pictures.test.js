/** @file Who listens to the tabs, and from when: an event may be what has woken the worker. */

import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { fakeBrowser } from './browser_fake.js';

const browser = fakeBrowser();
const { chrome } = /** @type {any} */ (globalThis);
chrome.runtime.onMessage = fakeEvent();
chrome.tabs = { onUpdated: fakeEvent(), onRemoved: fakeEvent() };
const { checkReplaced, followReplaced, replacedPages } = await import(
    '../../extension/background/replaced_pictures.js'
);

const REPLACED = { 7: [{ frameId: 0, pages: ['https://page.test/a'] }] };

function fakeEvent() {
    const listeners = new Set();
    return {
        listeners,
        addListener: (/** @type {unknown} */ listener) => listeners.add(listener),
        removeListener: (/** @type {unknown} */ listener) => listeners.delete(listener),
    };
}

beforeEach(() => {
    chrome.tabs.onUpdated.listeners.clear();
    chrome.tabs.onRemoved.listeners.clear();
});

test('the tabs are listened to before the list of what was replaced is read', async () => {
    browser.session = { replaced: REPLACED };
    const following = followReplaced(() => undefined);
    assert.equal(chrome.tabs.onUpdated.listeners.size, 1);
    assert.equal(chrome.tabs.onRemoved.listeners.size, 1);
    await following;
    assert.equal(chrome.tabs.onUpdated.listeners.size, 1);
});

test('no tab is listened to where nothing was replaced', async () => {
    browser.session = {};
    await followReplaced(() => undefined);
    assert.equal(chrome.tabs.onUpdated.listeners.size, 0);
    assert.equal(chrome.tabs.onRemoved.listeners.size, 0);
});

test('a tab whose page is gone is forgotten, and then no tab is listened to', async () => {
    browser.session = { replaced: REPLACED };
    let told = 0;
    await followReplaced(() => void told++);
    assert.deepEqual(await replacedPages(), ['https://page.test/a']);
    await checkReplaced(7); // nobody answers in that frame
    assert.deepEqual(await replacedPages(), []);
    assert.equal(told, 1);
    assert.equal(chrome.tabs.onUpdated.listeners.size, 0);
});
