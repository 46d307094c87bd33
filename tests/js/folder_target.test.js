/**
 * @file Results that go into a folder of the user's: whole or not at all, and over nothing.
 */

import assert from 'node:assert/strict';
import { test } from 'node:test';

/** @type {any} */ (globalThis).chrome = {
    runtime: { getURL: () => 'chrome-extension://x/' },
    i18n: { getMessage: () => 'en' },
};
const { FolderTarget } = await import('../../extension/batch/folder_target.js');

/** A folder on a disk that has room for so many bytes. */
function folder(room = Number.POSITIVE_INFINITY) {
    /** @type {Map<string, any>} Bytes of files, and folders. */
    const entries = new Map();
    const get = (/** @type {string} */ name, /** @type {boolean} */ isFile) => {
        const entry = entries.get(name);
        if (entry === undefined) throw new DOMException('none', 'NotFoundError');
        if (isFile !== (typeof entry === 'number'))
            throw new DOMException('another kind', 'TypeMismatchError');
        return entry;
    };
    return {
        entries,
        async getDirectoryHandle(/** @type {string} */ name, { create = false } = {}) {
            if (create && !entries.has(name)) entries.set(name, folder(room));
            return get(name, false);
        },
        async getFileHandle(/** @type {string} */ name, { create = false } = {}) {
            if (create && !entries.has(name)) entries.set(name, 0);
            get(name, true);
            const write = (/** @type {Uint8Array} */ bytes) => {
                if (bytes.length > room) throw new DOMException('full', 'QuotaExceededError');
                entries.set(name, entries.get(name) + bytes.length);
            };
            return { createWritable: async () => new WritableStream({ write }) };
        },
        async removeEntry(/** @type {string} */ name) {
            entries.delete(name);
        },
    };
}

/** @param {string} fileName @param {string[]} [above] */
function item(fileName, above = []) {
    const made = { mediaType: 'image/png', width: 2, height: 1, bytes: 4 };
    return /** @type {any} */ ({ fileName, folder: above, made });
}

const BLOB = new Blob(['four']);

test('a file or a folder that is there already is never written over', async () => {
    const root = folder();
    root.entries.set('a-cutout.png', 99);
    root.entries.set('b-cutout.png', folder());
    const target = new FolderTarget(/** @type {any} */ (root));
    for (const name of ['a.png', 'A.jpg', 'b.png']) {
        await target.put(item(name), BLOB, '{name}-cutout');
    }
    assert.equal(root.entries.get('a-cutout.png'), 99);
    assert.deepEqual([...root.entries.keys()].slice(2), [
        'a-cutout (2).png',
        'A-cutout (3).png',
        'b-cutout (2).png',
    ]);
});

test('folders are made as they were, by names that can be', async () => {
    const root = folder();
    const target = new FolderTarget(/** @type {any} */ (root));
    await target.put(item('a.png', ['shop', 'CON']), BLOB, '{name}');
    const inner = root.entries.get('shop').entries.get('_CON').entries;
    assert.deepEqual([...inner], [['a.png', 4]]);
});

test('on a full disk nothing is left that looks like a result, and the caller hears of it', async () => {
    const root = folder(2);
    const target = new FolderTarget(/** @type {any} */ (root));
    await assert.rejects(target.put(item('a.png'), BLOB, '{name}'), /full/);
    assert.deepEqual([...root.entries], []);
});
