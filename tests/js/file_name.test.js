/**
 * @file Names of pictures and of the files made from them.
 */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cleanName, plainFileName } from '../../extension/settings/clean_name.js';
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
    ['v1.25', 'v1.25'],
    ['100%25.png', '100%25'],
    ['cat.jpg.webp', 'cat'],
    // Servers that resize pictures for others.
    ['https://shop.test/_next/image?url=%2Fmedia%2Fred-shoe.jpg&w=640&q=75', 'red-shoe'],
    [
        'https://shop.test/_next/image?url=https%3A%2F%2Fcdn.test%2Fblue%2520hat.png%3Fv%3D161&w=10',
        'blue hat',
    ],
    ['https://shop.test/_vercel/image?url=https%3A%2F%2Fx.test%2Fcat.webp&w=1', 'cat'],
    ['https://shop.test/_image?href=/_astro/cat.png&w=1', 'cat'],
    ['https://cdn.test/cdn-cgi/image/width=400/https://shop.test/img/lamp.png', 'lamp'],
    ['https://shop.test/cdn-cgi/image/width=400,format=auto/img/lamp.png', 'lamp'],
    ['https://images.test/?url=shop.test/img/lamp.png&w=300', 'lamp'],
    ['https://images.test/?url=ssl:shop.test/img/lamp.png', 'lamp'],
    ['https://res.test/demo/image/fetch/w_400/https%3A%2F%2Fa.test%2Fred.jpg%3Fv%3D1', 'red'],
    ['https://x.imgix.test/https%3A%2F%2Fshop.test%2Flamp.png?w=1&s=abc', 'lamp'],
    ['https://x.test/rs:fit:300/plain/https://shop.test/lamp.png@webp', 'lamp'],
    ['https://x.test/w:3/aHR0cHM6Ly9zaG9wLnRlc3QvbGFtcC5wbmc.png', 'lamp'],
    ['https://cdn.shopify.com/s/files/1/products/red-shoe_1024x1024.jpg?v=1', 'red-shoe'],
    ['https://shop.test/cdn/shop/products/red-shoe_600x.progressive.jpg', 'red-shoe'],
    ['https://blog.test/wp-content/uploads/cat-300x200.jpg', 'cat'],
    ['https://wiki.test/thumb/a/a9/Foo_bar.svg/220px-Foo_bar.svg.png', 'Foo_bar'],
    ['https://a.test/lamp.png/resize/400', 'lamp'],
    ['https://a.test/image.php?file=red-shoe.jpg', 'red-shoe'],
    ['https://a.test/img/photo.jpg?src=https://other.test/page', 'photo'],
    // A size after the suffix, and none.
    ['https://pbs.test/media/Cyre_NQW8AACD6-?format=jpg&name=small', 'Cyre_NQW8AACD6-'],
    ['https://pbs.test/media/Cyre_NQW8AACD6-.jpg:orig', 'Cyre_NQW8AACD6-'],
    ['https://pbs.test/media/x.jpg:large', 'x'],
    ['https://a.test/cat.jpg!w800', 'cat'],
    ['https://mmbiz.test/mmbiz_png/oVibRe/640?wx_fmt=png', '640'],
    // What nobody sees, and what turns a name around.
    ['https://a.test/photo%E2%80%AEgnp.exe.png', 'photognp.exe'],
    ['https://a.test/%E2%80%8F%E2%80%8FZahalanovK.png', 'ZahalanovK'],
    ['https://a.test/%EF%BF%BEx%F0%9F%BF%BF.png', 'x'],
    ['https://a.test/%F0%9F%91%81%E2%80%8D%F0%9F%97%A8.png', '👁🗨'],
    ['half \ud83da pair.png', 'half a pair'],
    ['https://a.test/name%20.%20.png', 'name'],
    ['https://a.test/e%CC%81t%C3%A9.jpg', 'été'.normalize('NFC')],
    ['https://a.test/Maou%20~%20Sou%20da.png', 'Maou ~ Sou da'],
    ['https://a.test/~.png', 'picture'],
    [
        'https://a.test/%F0%9F%87%A8%F0%9F%87%B3%F0%9F%87%A8%F0%9F%87%B3flag.png',
        '\u{1f1e8}\u{1f1f3}\u{1f1e8}\u{1f1f3}flag',
    ],
];

for (const [address, name] of cases) {
    test(`${address} is called ${name}`, () => assert.equal(pictureName(address), name));
}

test('a very long name is cut', () => {
    assert.equal(pictureName(`${'a'.repeat(500)}.png`).length, 80);
});

test('a name is never cut inside of what is seen as one character', () => {
    const flags = '\u{1f1e8}\u{1f1f3}'.repeat(40);
    for (const text of [`a${'😀'.repeat(60)}`, `a${flags}`, `${'e\u0323\u0301'.repeat(90)}`]) {
        const name = pictureName(`${text}.png`);
        assert.equal(name.isWellFormed(), true);
        const whole = [...new Intl.Segmenter('en').segment(text.normalize('NFC'))];
        const kept = [...new Intl.Segmenter('en').segment(name)];
        assert.deepEqual(
            kept.map(({ segment }) => segment),
            whole.slice(0, kept.length).map(({ segment }) => segment),
        );
    }
});

test('what is cut ends neither in a dot nor in a blank', () => {
    assert.equal(pictureName(`${'a'.repeat(78)} . bbb.png`), 'a'.repeat(78));
});

test('a name with its suffix and a number fits into what file systems have for it', () => {
    const name = outputFileName('{name}{name}', { ...facts, name: '猫'.repeat(80) });
    assert.ok(new TextEncoder().encode(name).length <= 255 - ' (100).crdownload'.length);
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
    ['con', '_con.jpg'],
]) {
    test(`the pattern ${pattern} makes ${name}`, () =>
        assert.equal(outputFileName(pattern, facts), name));
}

for (const [mediaType, ending] of [
    ['image/png', 'png'],
    ['image/vnd.adobe.photoshop', 'psd'],
    ['image/openraster', 'ora'],
    ['image/of-tomorrow', 'png'],
]) {
    test(`a file of ${mediaType} ends in .${ending}`, () =>
        assert.equal(outputFileName('{name}', { ...facts, mediaType }), `cat.${ending}`));
}

for (const name of ['CON', 'nul', 'com1.photo', 'LPT\u00b9', 'Com0', 'aux .x', 'CONIN$', 'lpt9']) {
    test(`${name} is a device of Windows, and no file`, () => {
        const file = outputFileName('{name}', { ...facts, name });
        assert.equal(file, `_${name}.jpg`);
        assert.equal(outputFileName('{name}-cutout', { ...facts, name: 'concert' })[0], 'c');
    });
}

test('a cleaned name is clean', () => {
    for (const [, name = ''] of cases) assert.equal(cleanName(name), name);
});

for (const [name, plain] of [
    ['Maou ~ Sou da.png', 'Maou-Sou-da.png'],
    ['été à la mer.webp', 'ete-a-la-mer.webp'],
    ['猫.png', 'picture.png'],
    ['_CON.jpg', '_CON.jpg'],
]) {
    test(`where the browser refuses ${name} there is still ${plain}`, () =>
        assert.equal(plainFileName(/** @type {string} */ (name)), plain));
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
