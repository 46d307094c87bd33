import assert from 'node:assert/strict';
import test from 'node:test';
import { constants, deflateSync, inflateRawSync } from 'node:zlib';

import { adler32 } from '../../extension/png/adler32.js';
import { filterRows, PAETH, UP } from '../../extension/png/filter_rows.js';
import { mostBytes, RunDeflate } from '../../extension/png/run_deflate.js';

/** A small generator, so that a failure comes again. */
function numbers(seed) {
    let state = seed;
    return () => {
        state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
        return state / 2 ** 32;
    };
}

const KINDS = {
    zeros: () => () => 0,
    noise: (next) => () => next() * 256,
    skewed: (next) => () => Math.min(255, -Math.log2(next() + 1e-12)),
    runs: (next) => {
        let value = 0;
        return () => {
            if (next() < 0.02) value = next() * 256;
            return value;
        };
    },
    'one rare byte': () => (_, at) => (at === 70_000 ? 7 : 0),
};

function bytesOf(kind, length) {
    return Uint8Array.from({ length }, KINDS[kind](numbers(length + 1)));
}

function packed(deflate, bytes) {
    const out = new Uint8Array(mostBytes(bytes.length));
    return out.slice(0, deflate.pack(bytes, out));
}

const inflated = (bytes) => inflateRawSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH });

for (const kind of Object.keys(KINDS)) {
    test(`${kind} come out of zlib as they went in`, () => {
        const deflate = new RunDeflate();
        for (const length of [0, 1, 2, 3, 4, 258, 259, 260, 1000, 32_768, 32_769, 200_000]) {
            const bytes = bytesOf(kind, length);
            assert.deepEqual(new Uint8Array(inflated(packed(deflate, bytes))), bytes);
        }
    });
}

test('packed parts can follow each other', () => {
    const deflate = new RunDeflate();
    const parts = ['runs', 'zeros', 'noise'].map((kind) => bytesOf(kind, 5000));
    const joined = Buffer.concat(parts.map((part) => packed(deflate, part)));
    assert.deepEqual(inflated(joined), Buffer.concat(parts));
});

test('codes stay within 15 bits however uneven the counts are', () => {
    // Fibonacci's numbers make the deepest Huffman trees.
    const counts = [1, 1];
    while (counts.length < 24) counts.push(counts.at(-1) + counts.at(-2));
    const order = numbers(5);
    const bytes = Uint8Array.from(
        counts
            .flatMap((count, value) => Array(Math.min(count, 4000)).fill(value))
            .map((value) => [order(), value])
            .sort(([a], [b]) => a - b)
            .map(([, value]) => value),
    );
    assert.deepEqual(new Uint8Array(inflated(packed(new RunDeflate(), bytes))), bytes);
});

test('the checksum is that of zlib', () => {
    for (const length of [0, 1, 5552, 5553, 100_000]) {
        const bytes = bytesOf('noise', length);
        assert.equal(
            adler32(bytes) >>> 0,
            deflateSync(bytes).readUInt32BE(deflateSync(bytes).length - 4),
        );
    }
});

/** The PNG standard's reconstruction, byte by byte. */
function unfiltered(filtered, above, rowBytes, pixelBytes) {
    const rows = [];
    let former = above;
    for (let from = 0; from < filtered.length; from += rowBytes + 1) {
        const filter = filtered[from];
        const row = new Uint8Array(rowBytes);
        for (let at = 0; at < rowBytes; at++) {
            const a = at >= pixelBytes ? row[at - pixelBytes] : 0;
            const b = former[at];
            const c = at >= pixelBytes ? former[at - pixelBytes] : 0;
            const p = a + b - c;
            const [pa, pb, pc] = [a, b, c].map((each) => Math.abs(p - each));
            const nearest = pa <= pb && pa <= pc ? a : pb <= pc ? b : c;
            row[at] = filtered[from + 1 + at] + (filter === PAETH ? nearest : b);
        }
        rows.push(...row);
        former = row;
    }
    return Uint8Array.from(rows);
}

for (const filter of [UP, PAETH]) {
    test(`filter ${filter} can be undone, with emptiness around the subject`, () => {
        for (const pixelBytes of [1, 3, 4]) {
            for (const empty of [0, 1, 5, 13]) {
                const rowBytes = 13 * pixelBytes;
                const next = numbers(filter + pixelBytes);
                const rows = Uint8Array.from({ length: 8 * rowBytes }, (_, at) => {
                    const column = Math.floor((at % rowBytes) / pixelBytes);
                    return column < empty || column >= 13 - empty ? 0 : next() * 256;
                });
                const out = new Uint8Array(7 * (rowBytes + 1));
                const used = filterRows({ rows, rowBytes, pixelBytes, filter }, out);
                assert.equal(used, out.length);
                const back = unfiltered(out, rows.subarray(0, rowBytes), rowBytes, pixelBytes);
                assert.deepEqual(back, rows.subarray(rowBytes));
            }
        }
    });
}
