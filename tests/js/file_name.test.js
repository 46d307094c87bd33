/**
 * @file Names of pictures and of the files made from them.
 */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { outputFileName, patternProblem, pictureName } from '../../extension/settings/file_name.js';

const cases = [
    ['https://shop.test/img/red%20shoe.jpg?w=800#x', 'red shoe'],
    ['https://shop.test/', 'picture'],
    ['data:image/png;base64,AAAA', 'picture'],
    ['blob:https://shop.test/1b9d', 'picture'],
    ['holiday.photo.jpeg', 'holiday.photo'],
    ['https://shop.test/100%.png', '100%'],
    ['https://shop.test/..%2F..%2Fetc%2Fpasswd', '_.._etc_passwd'],
    ['.hidden.png', 'hidden'],
    ['C:\\fake\\cat.png', 'cat'],
];

for (const [address, name] of cases) {
    test(`${address} is called ${name}`, () => assert.equal(pictureName(address), name));
}

test('a very long name is cut', () => {
    assert.equal(pictureName(`${'a'.repeat(500)}.png`).length, 80);
});

const facts = {
    name: 'cat',
    mediaType: 'image/jpeg',
    width: 12,
    height: 8,
    date: new Date(2026, 1, 3, 4, 5, 6),
};

for (const [pattern, name] of [
    ['{name}-cutout', 'cat-cutout.jpg'],
    ['{name} {width}x{height}', 'cat 12x8.jpg'],
    ['{date}_{time}', '2026-02-03_04-05-06.jpg'],
    ['../{name}', '_cat.jpg'],
    ['...', 'picture.jpg'],
]) {
    test(`the pattern ${pattern} makes ${name}`, () =>
        assert.equal(outputFileName(pattern, facts), name));
}

for (const [pattern, problem] of [
    ['  ', 'empty'],
    ['{name}/{date}', 'forbidden'],
    ['{nmae}', 'unknown'],
    ['{name', 'unknown'],
    ['{name}', null],
]) {
    test(`what is wrong with the pattern "${pattern}": ${problem}`, () =>
        assert.equal(patternProblem(pattern), problem));
}
