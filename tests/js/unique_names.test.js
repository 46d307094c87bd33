/**
 * @file Names within an archive or a folder: none is there twice, on any file system.
 */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { UniqueNames } from '../../extension/batch/unique_names.js';

/** @type {[string, [string[], string][], string[]][]} What is asked for, and given. */
const CASES = [
    [
        'the same name',
        [
            [[], 'a.png'],
            [[], 'a.png'],
            [[], 'a.png'],
        ],
        ['a.png', 'a (2).png', 'a (3).png'],
    ],
    [
        'names that differ in case only',
        [
            [[], 'a.png'],
            [[], 'A.png'],
            [['x'], 'A.png'],
            [['X'], 'a.png'],
        ],
        ['a.png', 'A (2).png', 'x/A.png', 'X/a (2).png'],
    ],
    [
        'names that differ in composition only',
        [
            [[], '\u00e9.png'],
            [[], 'e\u0301.png'],
        ],
        ['\u00e9.png', 'e\u0301 (2).png'],
    ],
    [
        'a folder and a file of one name',
        [
            [['a.png'], 'b.png'],
            [[], 'a.png'],
            [['A (2).png'], 'c.png'],
        ],
        ['a.png/b.png', 'a (2).png', 'A (2).png (2)/c.png'],
    ],
    [
        'folders that lead elsewhere, or are devices',
        [
            [['..', 'x'], 'a.png'],
            [['CON'], 'a.png'],
            [['a\u202eb'], 'a.png'],
        ],
        ['x/a.png', '_CON/a.png', 'ab/a.png'],
    ],
];

for (const [name, asked, given] of CASES) {
    test(name, () => {
        const names = new UniqueNames();
        assert.deepEqual(
            asked.map(([folder, file]) => names.reserve(folder, file)),
            given,
        );
    });
}
