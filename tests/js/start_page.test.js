/** @file When the start page opens, and a right-click on a picture of our own pages. */

import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { fakeBrowser } from './browser_fake.js';

fakeBrowser();
const { chrome } = /** @type {any} */ (globalThis);
/** @type {string[]} */
let opened = [];
chrome.tabs = {
    create: async (/** @type {{ url: string }} */ { url }) => void opened.push(url),
};
const { isOurPicture, welcome } = await import('../../extension/background/start_page.js');

beforeEach(() => {
    opened = [];
});

test('the start page opens after an installation, and after nothing else', async () => {
    for (const reason of ['update', 'chrome_update', 'shared_module_update']) {
        await welcome(/** @type {any} */ ({ reason }));
    }
    assert.deepEqual(opened, []);
    await welcome(/** @type {any} */ ({ reason: 'install' }));
    assert.deepEqual(opened, [chrome.runtime.getURL('welcome/welcome.html')]);
});

test('a picture of ours is one in the package, and no other', () => {
    assert.ok(isOurPicture(chrome.runtime.getURL('welcome/coffee.jpg')));
    for (const url of ['', 'https://page.test/a.jpg', `blob:${chrome.runtime.getURL('1')}`]) {
        assert.ok(!isOurPicture(url));
    }
});
