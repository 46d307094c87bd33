/**
 * @file A page that has hung, or whose person has gone away, keeps the service worker awake only
 * for a time.
 */

import assert from 'node:assert/strict';
import { afterEach, beforeEach, mock, test } from 'node:test';

let awake = 0;
/** @type {any} */ (globalThis).chrome = {
    runtime: {
        getURL: (/** @type {string} */ path) => `chrome-extension://x/${path}`,
        getPlatformInfo: () => awake++,
    },
    tabs: { sendMessage: () => new Promise(() => undefined) },
};
const { ANSWER_MS, askFrame, CHOICE_MS } = await import(
    '../../extension/background/content_script.js'
);

beforeEach(() => mock.timers.enable({ apis: ['setTimeout', 'setInterval'] }));
afterEach(() => mock.timers.reset());

for (const [type, patience] of /** @type {[string, number][]} */ ([
    ['picture.read', ANSWER_MS],
    ['picture.choose', CHOICE_MS],
])) {
    test(`nobody waits for ${type} for ever`, async () => {
        const asked = askFrame({ tabId: 1, frameId: 0 }, type);
        mock.timers.tick(patience - 1);
        assert.ok(awake > 0);
        mock.timers.tick(1);
        await assert.rejects(asked, (/** @type {any} */ { failure }) => {
            return failure.code === 'PICTURE_GONE';
        });
        awake = 0;
        mock.timers.tick(patience);
        assert.equal(awake, 0);
    });
}
