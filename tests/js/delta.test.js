/**
 * @file Deltas as the extension applies them; tests/offcut/weights/test_delta.py has the same for Python.
 */

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { applyDelta } from '../../extension/engine/delta.js';

const ROOT = new URL('../../', import.meta.url);
const SOURCE = Uint8Array.from({ length: 1000 }, (_, at) => at % 251).buffer;

/** @param {string} path */
function read(path) {
    const { buffer, byteOffset, byteLength } = readFileSync(new URL(path, ROOT));
    return /** @type {ArrayBuffer} */ (buffer.slice(byteOffset, byteOffset + byteLength));
}

/**
 * @param {number} before
 * @param {number} after
 * @param {...[number, number, string]} parts
 */
function delta(before, after, ...parts) {
    const text = Buffer.from('OFFDELTA');
    const numbers = (/** @type {number[]} */ ...values) =>
        Buffer.from(new Uint32Array(values).buffer);
    const pieces = parts.flatMap(([start, length, fresh]) => [
        numbers(start, length, fresh.length),
        Buffer.from(fresh),
    ]);
    return Uint8Array.from(Buffer.concat([text, numbers(before, after), ...pieces])).buffer;
}

test('pieces of the source and new bytes make the target', () => {
    const made = applyDelta(SOURCE, delta(1000, 9, [100, 3, 'new'], [2, 2, ''], [0, 0, '!']));
    assert.deepEqual([...new Uint8Array(made)], [100, 101, 102, 110, 101, 119, 2, 3, 33]);
});

const whole = delta(1000, 4, [0, 0, 'four']);
for (const [name, wrong] of Object.entries({
    'nothing at all': new ArrayBuffer(0),
    'another file': Uint8Array.from(Buffer.from('<html>not found</html>')).buffer,
    'one for another file': delta(1001, 4, [0, 4, '']),
    'one that makes too little': delta(1000, 4, [0, 3, '']),
    'one that makes too much': delta(1000, 4, [0, 5, '']),
    'one that copies beyond the end': delta(1000, 4, [997, 4, '']),
    'one that was cut off': whole.slice(0, -1),
    'one that was cut off in a number': whole.slice(0, 25),
})) {
    test(`${name} is refused`, () => {
        assert.throws(() => applyDelta(SOURCE, wrong), RangeError);
    });
}

const { models } = JSON.parse(readFileSync(new URL('models/registry.json', ROOT), 'utf8'));
for (const { id, file, prepared } of models) {
    if (!prepared?.delta) continue;
    const weights = `models/weights/${file}`;
    const skip = existsSync(new URL(weights, ROOT)) ? false : `needs ${file}`;
    test(`the delta of ${id} makes what the registry names`, { skip }, () => {
        const made = applyDelta(read(weights), read(prepared.delta));
        const sha256 = createHash('sha256').update(new Uint8Array(made)).digest('hex');
        assert.deepEqual([made.byteLength, sha256], [prepared.bytes, prepared.sha256]);
    });
}
