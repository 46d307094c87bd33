/**
 * @file What is said of a failure fits what happened.
 */

import assert from 'node:assert/strict';
import test from 'node:test';

globalThis.chrome = /** @type {any} */ ({
    runtime: { getURL: () => '' },
    i18n: {
        getMessage: (/** @type {string} */ key, /** @type {string[]} */ values = []) =>
            key === 'language' ? 'en' : [key, ...values].join(' '),
    },
});
const { failureText } = await import('../../extension/ui/failure_text.js');

test('a format that cannot hold a picture is named, and PNG is advised', () => {
    const webp = { format: 'webp', limit: 16383, width: 20000, height: 10 };
    assert.equal(failureText('ENCODE_FAILED', webp), 'failure_encode_format WebP');
    assert.equal(failureText('ENCODE_FAILED', { format: 'jpeg' }), 'failure_encode_format JPEG');
    assert.equal(failureText('ENCODE_FAILED', { format: 'psd' }), 'failure_encode_format PSD');
    assert.equal(failureText('ENCODE_FAILED', { format: 'png' }), 'failure_ENCODE_FAILED');
    assert.equal(failureText('ENCODE_FAILED', {}), 'failure_ENCODE_FAILED');
});

test('a rare kind of a known format is named with its kind', () => {
    const detail = { format: 'jpeg', kind: '12 bits', browser: 0 };
    assert.equal(
        failureText('UNSUPPORTED_FORMAT', detail),
        'failure_UNSUPPORTED_FORMAT jpeg, 12 bits',
    );
    assert.equal(
        failureText('UNSUPPORTED_FORMAT', { format: 'psd' }),
        'failure_UNSUPPORTED_FORMAT psd',
    );
});

test('without a network that is said, and not that a server gave nothing', () => {
    const detail = { host: 'page.test' };
    assert.equal(failureText('FETCH_FAILED', detail), 'failure_FETCH_FAILED page.test');
    assert.equal(failureText('FETCH_FAILED', { ...detail, offline: 1 }), 'failure_offline');
});

test('of an address that a person gave no page is spoken', () => {
    const detail = { host: 'pictures.test', given: 1 };
    assert.equal(
        failureText('PERMISSION_NEEDED', detail),
        'failure_given_PERMISSION_NEEDED pictures.test',
    );
});

test('of a picture whose address a person has given, what is said speaks of no page', () => {
    const detail = { host: 'pictures.test', status: 404, given: 1 };
    assert.equal(
        failureText('FETCH_NOT_FOUND', detail),
        'failure_given_FETCH_NOT_FOUND pictures.test 404',
    );
});
