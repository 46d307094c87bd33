import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { constants, inflateRawSync } from 'node:zlib';

import { BandPacker } from '../../extension/png/band_packer.js';

const UP = 2;
const PAETH = 4;
const code = readFileSync(new URL('../../extension/png/pack.wasm', import.meta.url));
const module = new WebAssembly.Module(code);

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
    // Fibonacci's numbers make the deepest Huffman trees.
    'uneven counts': (next) => () => Math.min(255, Math.floor(-Math.log(next() + 1e-12) / 0.4812)),
};

/** Rows whose filtered bytes are of a kind: each is the sum of those above it. */
function rowsOf(kind, rowBytes, count) {
    const make = KINDS[kind](numbers(rowBytes + count));
    const rows = new Uint8Array((count + 1) * rowBytes);
    for (let at = 0; at < rows.length; at++) {
        rows[at] = (at < rowBytes ? 0 : rows[at - rowBytes]) + Math.floor(make(null, at));
    }
    return rows;
}

const inflated = (bytes) => inflateRawSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH });

function packed(packer, band) {
    const { bytes, checksum, length } = packer.pack(band);
    return { bytes: bytes.slice(), checksum, length };
}

/** The PNG standard's reconstruction, byte by byte. */
function unfiltered(filtered, above, rowBytes, pixelBytes) {
    const rows = new Uint8Array((filtered.length / (rowBytes + 1)) * rowBytes);
    let former = above;
    for (let from = 0, to = 0; from < filtered.length; from += rowBytes + 1, to += rowBytes) {
        const row = rows.subarray(to, to + rowBytes);
        const filter = filtered[from];
        for (let at = 0; at < rowBytes; at++) {
            const a = at >= pixelBytes ? row[at - pixelBytes] : 0;
            const b = former[at];
            const c = at >= pixelBytes ? former[at - pixelBytes] : 0;
            const p = a + b - c;
            const pa = Math.abs(p - a);
            const pb = Math.abs(p - b);
            const pc = Math.abs(p - c);
            const nearest = pa <= pb && pa <= pc ? a : pb <= pc ? b : c;
            row[at] = filtered[from + 1 + at] + (filter === PAETH ? nearest : b);
        }
        former = row;
    }
    return rows;
}

/** The checksum as RFC 1950 writes it. */
function adler32(bytes) {
    let [low, high] = [1, 0];
    for (const byte of bytes) {
        low = (low + byte) % 65_521;
        high = (high + low) % 65_521;
    }
    return high * 65_536 + low;
}

function assertComesBack(packer, band) {
    const { bytes, checksum, length } = packed(packer, band);
    const filtered = new Uint8Array(inflated(bytes));
    const above = band.rows.subarray(0, band.rowBytes);
    assert.equal(filtered.length, length);
    assert.equal(checksum, adler32(filtered));
    assert.deepEqual(
        unfiltered(filtered, above, band.rowBytes, band.pixelBytes),
        band.rows.subarray(band.rowBytes),
    );
}

for (const kind of Object.keys(KINDS)) {
    test(`rows of ${kind} come back out of zlib and filter`, () => {
        const packer = new BandPacker(module);
        const shapes = [
            [1, 1],
            [2, 3],
            [7, 40],
            [16, 9],
            [33, 5],
            [258, 3],
            [1000, 300],
            [140_000, 2],
        ];
        for (const [rowBytes, count] of shapes) {
            const rows = rowsOf(kind, rowBytes, count);
            for (const filter of [UP, PAETH]) {
                assertComesBack(packer, { rows, rowBytes, pixelBytes: 1, filter });
            }
        }
    });
}

for (const filter of [UP, PAETH]) {
    test(`filter ${filter} can be undone, with emptiness around the subject`, () => {
        const packer = new BandPacker(module);
        for (const pixelBytes of [1, 3, 4]) {
            for (const width of [1, 5, 13, 40]) {
                for (const empty of [0, 1, 5, 13]) {
                    const rowBytes = width * pixelBytes;
                    const next = numbers(filter + pixelBytes + width);
                    const rows = Uint8Array.from({ length: 8 * rowBytes }, (_, at) => {
                        const column = Math.floor((at % rowBytes) / pixelBytes);
                        return column < empty || column >= width - empty ? 0 : next() * 256;
                    });
                    assertComesBack(packer, { rows, rowBytes, pixelBytes, filter });
                }
            }
        }
    });
}

test('packed bands can follow each other', () => {
    const packer = new BandPacker(module);
    const parts = ['runs', 'zeros', 'noise'].map((kind) => {
        const rows = rowsOf(kind, 500, 20);
        return packed(packer, { rows, rowBytes: 500, pixelBytes: 4, filter: PAETH }).bytes;
    });
    const joined = Buffer.concat(parts.map((part) => inflated(part)));
    assert.deepEqual(inflated(Buffer.concat(parts)), joined);
});

test('emptiness costs next to nothing', () => {
    const band = {
        rows: new Uint8Array(101 * 40_000),
        rowBytes: 40_000,
        pixelBytes: 4,
        filter: UP,
    };
    assert.ok(new BandPacker(module).pack(band).bytes.length < 10_000);
});
