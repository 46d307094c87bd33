/** @file A batch that another version has left: nothing of it is lost, and nothing stops this one. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fakeBrowser } from './browser_fake.js';

fakeBrowser();
const { understood } = await import('../../extension/batch/understood.js');
const { OUTPUT_DEFAULTS } = await import('../../extension/settings/output_settings.js');

const MADE = { mediaType: 'image/png', width: 1, height: 1, bytes: 9 };
const OF_THE_FIRST_VERSION = { id: 'a', number: 4, fileName: 'a.png', state: 'done', made: MADE };

test('what an older version did not write has its beginning', () => {
    const { items, making } = understood({ items: [OF_THE_FIRST_VERSION] });
    assert.deepEqual(making, OUTPUT_DEFAULTS);
    const [item] = items;
    assert.deepEqual({ ...item, ...OF_THE_FIRST_VERSION }, item);
    assert.deepEqual([item?.edit, item?.editDue, item?.losses], [null, false, 0]);
});

test('an output setting that has no meaning here is the default, the others are kept', () => {
    const making = { quality: 'studio', format: 'psd', margin: 12, glow: 1 };
    const found = understood({ making, items: [{ ...OF_THE_FIRST_VERSION, making }] });
    const expected = { ...OUTPUT_DEFAULTS, format: 'psd', margin: 12, glow: 1 };
    assert.deepEqual([found.making, found.items[0]?.making], [expected, expected]);
});

test('what a newer version has noted beyond is still there when it comes back', () => {
    const [item] = understood({ items: [{ ...OF_THE_FIRST_VERSION, glitter: [7] }] }).items;
    assert.deepEqual(/** @type {any} */ (item).glitter, [7]);
});

test('in a state that has no meaning here, what has a result is done, and all else waits', () => {
    const items = [
        { ...OF_THE_FIRST_VERSION, state: 'polishing' },
        { ...OF_THE_FIRST_VERSION, state: 'polishing', made: null, edited: MADE },
        { ...OF_THE_FIRST_VERSION, state: 'polishing', made: null },
    ];
    const states = understood({ items }).items.map(({ state }) => state);
    assert.deepEqual(states, ['done', 'done', 'waiting']);
});
