/**
 * @file Which addresses may be asked, and what a request may carry there.
 */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { carriesCookies, refererOf } from '../../extension/background/cookies_and_referer.js';
import { isPrivateHost } from '../../extension/platform/private_hosts.js';

const inside = [
    'http://localhost/a.png',
    'http://127.0.0.1:8080/',
    'http://2130706433/', // 127.0.0.1 as one number
    'http://0x7f.1/',
    'http://10.1.2.3/',
    'http://172.16.0.1/',
    'http://172.31.255.1/',
    'http://192.168.1.1/',
    'http://169.254.169.254/latest/meta-data',
    'http://100.64.0.1/',
    'http://0.0.0.0/',
    'http://[::1]/',
    'http://[fd00::1]/',
    'http://[fe80::1]/',
    'http://[::ffff:192.168.0.1]/',
    'http://printer/',
    'http://nas.local/',
    'http://router.lan./',
    'file:///etc/passwd',
];
const outside = [
    'https://example.com/a.png',
    'http://8.8.8.8/',
    'http://172.32.0.1/',
    'http://192.169.0.1/',
    'http://[2001:db8::1]/',
    'https://local.example/',
    'data:image/png;base64,AA',
    '',
];
for (const url of inside) test(`${url} is inside`, () => assert.equal(isPrivateHost(url), true));
for (const url of outside) test(`${url} is outside`, () => assert.equal(isPrivateHost(url), false));

/** @type {[string, string, boolean, boolean][]} */
const cookies = [
    ['https://a.test/', 'https://a.test/x.png', true, true],
    ['https://a.test/', 'https://a.test:444/x.png', false, true],
    ['https://a.test/', 'https://a.test:444/x.png', true, false],
    // A host within another may be somebody else's, as in github.io.
    ['https://www.a.test/', 'https://img.a.test/x.png', false, false],
    ['https://m.a.test/', 'https://a.test/x.png', false, false],
    ['https://a.test/', 'https://m.a.test/x.png', false, false],
    ['https://a.test/', 'http://img.a.test/x.png', false, false],
    ['https://one.pages.test/', 'https://two.pages.test/x.png', false, false],
    ['https://a.test/', 'https://b.test/x.png', false, false],
    ['https://a.test/', 'https://evila.test/x.png', false, false],
    ['', 'https://b.test/x.png', false, false],
];
for (const [page, url, anonymous, expected] of cookies) {
    test(`cookies from ${page} to ${url}${anonymous ? ' (anonymous)' : ''}`, () => {
        assert.equal(carriesCookies(page, url, anonymous), expected);
    });
}

/** @type {[string, string, string, string | undefined][]} */
const referers = [
    ['https://a.test/p?q#h', 'https://b.test/x', '', 'https://a.test/'],
    ['https://a.test/p?q#h', 'https://a.test/x', '', 'https://a.test/p?q'],
    ['https://a.test/p', 'http://b.test/x', '', undefined],
    ['http://a.test/p', 'http://b.test/x', 'no-referrer', undefined],
    ['http://a.test/p', 'http://b.test/x', 'same-origin', undefined],
    ['http://a.test/p?q#h', 'http://b.test/x', 'unsafe-url', 'http://a.test/p?q'],
    ['https://a.test/p', 'http://b.test/x', 'origin', 'https://a.test/'],
    ['https://a.test/p', 'http://b.test/x', 'no-referrer-when-downgrade', undefined],
    ['file:///a.html', 'http://b.test/x', '', undefined],
];
for (const [page, url, policy, expected] of referers) {
    test(`referer from ${page} to ${url} under "${policy}"`, () => {
        assert.equal(refererOf(page, url, policy), expected);
    });
}
