import assert from 'node:assert/strict';
import test from 'node:test';

import { addresses, arrays, loops, numbers, round } from './loops_memory.js';

/** Numbers of a plane, some of which are no multiple of four. */
const COUNTS = [4, 5, 7, 8, 101];
const clipped = (value) => Math.min(Math.max(value, 0), 1);
const sum = (...values) => values.reduce((total, value) => round(total + value));
const times = (first, second) => round(first * second);
const less = (first, second) => round(first - second);
/** Plane `index` of an array at one place. */
const planesOf = (array, count) => (index, at) => array[index * count + at];

test('colours and alpha are multiplied in pairs', () => {
    for (const count of COUNTS) {
        const make = arrays();
        const guide = make(Float32Array, 3 * count, numbers(count));
        const alpha = make(Float32Array, count, numbers(1));
        const out = make(Float32Array, 10 * count);
        const behind = make(Uint8Array, 64, () => 7);
        loops.multiplyPlanes(...addresses(guide, alpha), count, ...addresses(out));
        const plane = (index) => (index < 3 ? guide.subarray(index * count) : alpha);
        const pairs = ['33', '03', '13', '23', '00', '01', '02', '11', '12', '22'];
        const wanted = out.map((_, at) => {
            const [first, second] = pairs[Math.floor(at / count)];
            return plane(Number(first))[at % count] * plane(Number(second))[at % count];
        });
        assert.deepEqual(out, wanted);
        assert.ok(behind.every((byte) => byte === 7));
    }
});

test('a fit is solved by the rule of Cramer in single precision', () => {
    for (const count of COUNTS) {
        const make = arrays();
        const means = make(Float32Array, 14 * count, numbers(count));
        const out = make(Float32Array, 5 * count);
        const behind = make(Uint8Array, 64, () => 7);
        const ridge = 1e-4;
        loops.solveFit(...addresses(means), count, ridge, ...addresses(out));
        const of = planesOf(means, count);
        const wanted = out.slice();
        for (let at = 0; at < count; at++) {
            const mean = [0, 1, 2, 3].map((index) => of(index, at));
            const moment = (index, first, second) =>
                less(of(index, at), times(mean[first], mean[second]));
            const variance = Math.max(moment(4, 0, 0), 0);
            const shared = [1, 2, 3].map((color) => moment(4 + color, color, 0));
            const own = (index, color) =>
                sum(Math.max(moment(index, color, color), 0), round(ridge));
            const [rr, rg, rb] = [own(8, 1), moment(9, 1, 2), moment(10, 1, 3)];
            const [gg, gb, bb] = [own(11, 2), moment(12, 2, 3), own(13, 3)];
            const minor = (a, b, c, d) => less(times(a, b), times(c, d));
            const c = [
                [minor(gg, bb, gb, gb), minor(gb, rb, rg, bb), minor(rg, gb, gg, rb)],
                [minor(gb, rb, rg, bb), minor(rr, bb, rb, rb), minor(rb, rg, rr, gb)],
                [minor(rg, gb, gg, rb), minor(rb, rg, rr, gb), minor(rr, gg, rg, rg)],
            ];
            const dot = (first, second) =>
                sum(...first.map((value, index) => times(value, second[index])));
            const scale = round(1 / dot([rr, rg, rb], c[0]));
            const slopes = c.map((row) => times(dot(row, shared), scale));
            const part = round(dot(slopes, shared) / sum(variance, round(1e-4)));
            const explained = clipped(part);
            const gain = round(1 / Math.max(explained, round(0.1)));
            const gained = slopes.map((slope) => times(slope, gain));
            const offset = less(mean[0], dot(gained, mean.slice(1)));
            [explained, ...gained, offset].forEach((value, index) => {
                wanted[index * count + at] = value;
            });
        }
        assert.deepEqual(out, wanted);
        assert.ok(behind.every((byte) => byte === 7));
    }
});

test('a fit counts by what it explains', () => {
    for (const count of COUNTS) {
        const make = arrays();
        const means = make(Float32Array, 5 * count, numbers(count));
        const alpha = make(Float32Array, count, numbers(2));
        const out = make(Float32Array, 4 * count);
        loops.trustFit(...addresses(means, alpha), count, ...addresses(out));
        const of = planesOf(means, count);
        const wanted = out.map((_, index) => {
            const [plane, at] = [Math.floor(index / count), index % count];
            const value = times(of(plane + 1, at), of(0, at));
            return plane < 3 ? value : sum(value, times(less(1, of(0, at)), alpha[at]));
        });
        assert.deepEqual(out, wanted);
    }
});

test('ramps become steeper', () => {
    for (const count of COUNTS) {
        const make = arrays();
        const next = numbers(count);
        const [guide, slopes] = [0, 1].map(() => make(Float32Array, 3 * count, next));
        const [offset, low, high] = [0, 1, 2].map(() => make(Float32Array, count, next));
        const alpha = make(Float32Array, count);
        const out = make(Float32Array, 6 * count);
        const behind = make(Uint8Array, 64, () => 7);
        const more = 0.83;
        loops.fittedAlpha(...addresses(guide, slopes, offset), count, ...addresses(alpha));
        loops.steepenFit(...addresses(slopes, offset, low, high), count, more, ...addresses(out));
        const [color, slope] = [planesOf(guide, count), planesOf(slopes, count)];
        const [fitted, wanted] = [alpha.slice(), out.slice()];
        for (let at = 0; at < count; at++) {
            const parts = [0, 1, 2].map((index) => times(slope(index, at), color(index, at)));
            fitted[at] = clipped(sum(...parts, offset[at]));
            const range = less(high[at], low[at]);
            const gain = sum(1, times(round(more), times(range, range)));
            const middle = times(less(1, gain), sum(low[at], high[at])) / 2;
            const moved = sum(times(gain, offset[at]), middle);
            const steep = [0, 1, 2].map((index) => times(slope(index, at), gain));
            const base = times(255, less(moved, sum(...steep) / 2));
            [...steep, base, 255 * low[at], 255 * high[at]].forEach((value, index) => {
                wanted[index * count + at] = value;
            });
        }
        assert.deepEqual(alpha, fitted);
        assert.deepEqual(out, wanted);
        assert.ok(behind.every((byte) => byte === 7));
    }
});

test('the range of the values around is found in both directions', () => {
    for (const [rows, columns, radius] of [
        [1, 1, 2],
        [1, 9, 1],
        [7, 1, 3],
        [5, 8, 0],
        [40, 30, 6],
        [6, 5, 9],
    ]) {
        const make = arrays();
        const count = rows * columns;
        const plane = make(Float32Array, count, numbers(count));
        const [low, high, lowest, highest] = [0, 1, 2, 3].map(() => make(Float32Array, count));
        const behind = make(Uint8Array, 64, () => 7);
        const size = [rows, columns, radius];
        loops.rangeDown(...addresses(plane), ...size, ...addresses(low, high));
        loops.rangeAcross(...addresses(low, high), ...size, ...addresses(lowest, highest));
        const around = (at) =>
            [...plane.keys()].filter(
                (other) =>
                    Math.abs((other % columns) - (at % columns)) <= radius &&
                    Math.abs(Math.floor(other / columns) - Math.floor(at / columns)) <= radius,
            );
        const values = (at) => around(at).map((other) => plane[other]);
        assert.deepEqual(
            lowest,
            plane.map((_, at) => Math.min(...values(at))),
        );
        assert.deepEqual(
            highest,
            plane.map((_, at) => Math.max(...values(at))),
        );
        assert.ok(behind.every((byte) => byte === 7));
    }
});
