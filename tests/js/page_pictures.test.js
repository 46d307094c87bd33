/**
 * @file Reading srcset and style values, as the content script does.
 */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { contentFunctions } from './content_script.js';

const { parseSrcset, stylesheetAddresses } = contentFunctions(
    ['srcset.js', 'css_pictures.js'],
    ['parseSrcset', 'stylesheetAddresses'],
);

/** @type {[string, [string, number][]][]} */
const srcsets = [
    ['a.png', [['a.png', 1]]],
    [
        'a.png 1x, b.png 2.5x',
        [
            ['a.png', 1],
            ['b.png', 2.5],
        ],
    ],
    [
        'a.png 100w,b.png 200w',
        [
            ['a.png', 100],
            ['b.png', 200],
        ],
    ],
    [
        'a,b.png 100w, c.png',
        [
            ['a,b.png', 100],
            ['c.png', 1],
        ],
    ],
    [
        '  a.png   2x ,\n b.png 3x ',
        [
            ['a.png', 2],
            ['b.png', 3],
        ],
    ],
    [
        'data:image/png;base64,AAAA 2x, b.png',
        [
            ['data:image/png;base64,AAAA', 2],
            ['b.png', 1],
        ],
    ],
    ['/img(1).png?w=1,2 480w 320h', [['/img(1).png?w=1,2', 480]]],
    ['', []],
];
for (const [text, expected] of srcsets) {
    test(`srcset "${text.trim()}"`, () => {
        const found = parseSrcset(text).map((/** @type {any} */ { url, size }) => [url, size]);
        assert.deepEqual(found, expected);
    });
}

/** @type {[string, string[]][]} */
const values = [
    ['none', []],
    ['linear-gradient(red, blue)', []],
    ['url("https://a.test/1.png")', ['https://a.test/1.png']],
    [
        'url("https://a.test/1.png"), url("https://a.test/2.png")',
        ['https://a.test/1.png', 'https://a.test/2.png'],
    ],
    ['linear-gradient(red, blue), url("https://a.test/a(1).png")', ['https://a.test/a(1).png']],
    ['url("https://a.test/\\"q\\".png")', ['https://a.test/"q".png']],
    ['url("#gradient")', []],
    [
        'image-set(url("https://a.test/1.png") 1dppx, url("https://a.test/2.png") 2dppx)',
        ['https://a.test/2.png'],
    ],
    [
        'image-set(url("https://a.test/1.png") 3x type("image/png"), url("https://a.test/2.png") 2x)',
        ['https://a.test/1.png'],
    ],
    ['url("data:image/svg+xml,%3Csvg/%3E")', ['data:image/svg+xml,%3Csvg/%3E']],
];
for (const [value, expected] of values) {
    test(`style value ${value}`, () => assert.deepEqual(stylesheetAddresses(value), expected));
}
