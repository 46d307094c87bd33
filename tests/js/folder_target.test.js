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
            // As a browser does it: what is written takes the place of the file when it is closed.
            let written = 0;
            const write = (/** @type {Uint8Array} */ bytes) => {
                if (bytes.length > room) throw new DOMException('full', 'QuotaExceededError');
                written += bytes.length;
            };
            const close = () => void entries.set(name, written);
            return {
                createWritable: async () => new WritableStream({ write, close }),
                getFile: async () => ({ size: get(name, true), lastModified: 1 }),
            };
        },
        async removeEntry(/** @type {string} */ name) {
            entries.delete(name);
        },
    };
}

/** @param {string} fileName @param {string[]} [above] */
function item(fileName, above = []) {
    const made = { mediaType: 'image/png', width: 2, height: 1, bytes: 4 };
    return /** @type {any} */ ({ id: fileName, fileName, folder: above, made });
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

test('the next result of a picture takes the place of its former one', async () => {
    const root = folder();
    const target = new FolderTarget(/** @type {any} */ (root));
    const picture = item('a.png');
    await target.put(picture, BLOB, '{name}');
    await target.put(picture, new Blob(['seven77']), '{name}');
    assert.deepEqual([...root.entries], [['a.png', 7]]);
    const edited = { mediaType: 'image/jpeg', width: 2, height: 1, bytes: 4 };
    await target.put({ ...picture, edited }, BLOB, '{name}');
    assert.deepEqual([...root.entries], [['a.jpg', 4]], 'of another kind, too');
});

test('a result that somebody else has changed or taken away stays as it is', async () => {
    const root = folder();
    const target = new FolderTarget(/** @type {any} */ (root));
    for (const name of ['a.png', 'b.png']) await target.put(item(name), BLOB, '{name}');
    root.entries.set('a.png', 99);
    root.entries.delete('b.png');
    for (const name of ['a.png', 'b.png']) await target.put(item(name), BLOB, '{name}');
    assert.equal(root.entries.get('a.png'), 99);
    assert.deepEqual([...root.entries.keys()], ['a.png', 'a (2).png', 'b (2).png']);
});

test('on a full disk the former result stays', async () => {
    const root = folder(4);
    const target = new FolderTarget(/** @type {any} */ (root));
    await target.put(item('a.png'), BLOB, '{name}');
    await assert.rejects(target.put(item('a.png'), new Blob(['seven77']), '{name}'), /full/);
    assert.deepEqual([...root.entries], [['a.png', 4]]);
});
