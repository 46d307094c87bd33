/**
 * @file A file counts as saved when the browser says so: every way in which a download ends, and
 * every order in which the browser tells it.
 */

import assert from 'node:assert/strict';
import { beforeEach, mock, test } from 'node:test';

/** @type {any} */
let item;
/** @type {Set<any>} */
const changed = new Set();
/** @type {Set<any>} */
const erased = new Set();
/** @type {string[]} */
let asked = [];
/** @type {(filename: string) => void} Throws what the browser answers. */
let refuse = () => undefined;
const hear = (/** @type {Set<any>} */ listeners) => ({
    addListener: (/** @type {any} */ listener) => listeners.add(listener),
    removeListener: (/** @type {any} */ listener) => listeners.delete(listener),
});

/** @type {any} */ (globalThis).chrome = {
    runtime: { getURL: () => 'chrome-extension://x/' },
    downloads: {
        download: async (/** @type {any} */ { filename }) => {
            asked.push(filename);
            refuse(filename);
            return 7;
        },
        search: async () => (item ? [item] : []),
        onChanged: hear(changed),
        onErased: hear(erased),
    },
};
const { saveAddress } = await import('../../extension/platform/save_file.js');

beforeEach(() => {
    item = { id: 7, state: 'in_progress' };
    asked = [];
    refuse = () => undefined;
});

/** Let everything that is ready happen. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

/** @param {object} [changes] */
function tell(changes) {
    item = changes ? { ...item, ...changes } : null;
    for (const listener of changes ? changed : []) listener({ id: 7 });
    for (const listener of changes ? [] : erased) listener(7);
}

/** @type {[string, object | undefined, object][]} */
const ENDS = [
    ['a whole file', { state: 'complete' }, { state: 'saved' }],
    [
        'a dialogue that is cancelled',
        { state: 'interrupted', error: 'USER_CANCELED' },
        { state: 'cancelled' },
    ],
    ['a download that is taken off the list', undefined, { state: 'cancelled' }],
    [
        'a full disk',
        { state: 'interrupted', error: 'FILE_NO_SPACE' },
        { state: 'failed', why: 'full', reason: 'FILE_NO_SPACE' },
    ],
    [
        'a folder that may not be written',
        { state: 'interrupted', error: 'FILE_ACCESS_DENIED' },
        { state: 'failed', why: 'folder', reason: 'FILE_ACCESS_DENIED' },
    ],
    [
        'a full disk, of which Firefox says no more than that it could not write',
        { state: 'interrupted', error: 'FILE_FAILED' },
        { state: 'failed', why: 'unwritten', reason: 'FILE_FAILED' },
    ],
    [
        'a rule against downloads',
        { state: 'interrupted', error: 'FILE_BLOCKED' },
        { state: 'failed', why: 'blocked', reason: 'FILE_BLOCKED' },
    ],
    [
        'a browser that is closed meanwhile',
        { state: 'interrupted', error: 'USER_SHUTDOWN' },
        { state: 'failed', why: 'other', reason: 'USER_SHUTDOWN' },
    ],
];

for (const [name, end, outcome] of ENDS) {
    test(`${name}, told later`, async () => {
        /** @type {any} */
        let told = null;
        const saving = saveAddress('blob:x', 'a.png').then((result) => {
            told = result;
        });
        await settle();
        tell({ filename: '/home/a.png' }); // it goes on, which is no end
        await settle();
        assert.equal(told, null);
        tell(end);
        await saving;
        assert.deepEqual(told, outcome);
        assert.equal(changed.size + erased.size, 0);
    });

    test(`${name}, over before anybody listens`, async () => {
        item = end ? { ...item, ...end } : null;
        assert.deepEqual(await saveAddress('blob:x', 'a.png'), outcome);
    });
}

test('an interrupted download whose reason Firefox does not know yet is not over', async () => {
    item = { ...item, state: 'interrupted', error: null };
    const saving = saveAddress('blob:x', 'a.png');
    await settle();
    tell({ error: 'USER_CANCELED' });
    assert.deepEqual(await saving, { state: 'cancelled' });
});

test('a change of another download is no end of this one', async () => {
    let isOver = false;
    const saving = saveAddress('blob:x', 'a.png').finally(() => {
        isOver = true;
    });
    await settle();
    for (const listener of changed) listener({ id: 8 });
    for (const listener of erased) listener(8);
    await settle();
    assert.equal(isOver, false);
    tell({ state: 'complete' });
    await saving;
});

test('a dialogue may stand open for an hour, and keeps the service worker awake', async () => {
    mock.timers.enable({ apis: ['setInterval'] });
    const search = mock.method(/** @type {any} */ (globalThis).chrome.downloads, 'search');
    const saving = saveAddress('blob:x', 'a.png');
    await settle();
    mock.timers.tick(60 * 60 * 1000);
    assert.ok(search.mock.callCount() > 2 * 60);
    tell({ state: 'complete' });
    assert.deepEqual(await saving, { state: 'saved' });
    mock.timers.reset();
    mock.restoreAll();
});

test('a name that the browser does not take is tried as a plainer one', async () => {
    refuse = (filename) => {
        if (/[^\x20-\x7e]/.test(filename)) throw new Error('Invalid filename');
    };
    item.state = 'complete';
    assert.deepEqual(await saveAddress('blob:x', 'été ~.png'), { state: 'saved' });
    assert.deepEqual(asked, ['été ~.png', 'ete.png']);
});

test('what the browser refuses without a download is told with its reason', async () => {
    refuse = () => {
        throw new Error('Downloads are not allowed here');
    };
    const outcome = await saveAddress('blob:x', 'a.png');
    assert.deepEqual(asked, ['a.png']);
    assert.equal(outcome.state, 'failed');
});
