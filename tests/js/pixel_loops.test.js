import assert from 'node:assert/strict';
import test from 'node:test';

import { addresses, arrays, loops, matte, numbers, round } from './loops_memory.js';

test('what is transparent becomes empty, and nothing else changes', () => {
    for (const count of [1, 15, 16, 17, 64, 999]) {
        const make = arrays();
        const next = numbers(count);
        const pixels = make(Uint8Array, 4 * count, () => next() * 256);
        const shown = make(Uint8Array, count, matte(next));
        const behind = make(Uint8Array, 64, () => 7);
        const wanted = pixels.map((byte, at) => (shown[at >> 2] ? byte : 0));
        loops.clearPixels(...addresses(pixels, shown), count);
        assert.deepEqual(pixels, wanted);
        assert.ok(behind.every((byte) => byte === 7));
    }
});

test('the backdrop is taken out of soft pixels in single precision', () => {
    for (const [width, height] of [
        [1, 1],
        [16, 2],
        [37, 9],
        [300, 20],
    ]) {
        const make = arrays();
        const next = numbers(width * height);
        const byte = () => next() * 256;
        const band = make(Uint8Array, 4 * width * height, byte);
        const share = make(Uint8Array, width * height, matte(next));
        const layers = [0, 1].map(() => ({
            colors: make(Uint8Array, 4 * 5 * 7, byte),
            rows: make(Int32Array, height, (row) => 7 * Math.floor((5 * row) / height)),
            columns: make(Int32Array, width, (column) => Math.floor((7 * column) / width)),
        }));
        const levels = make(Float32Array, 256, (value) => value / 255);
        const gains = make(Float32Array, 256, (value) => value / 100);
        const wanted = band.map((mixed, at) => {
            const pixel = at >> 2;
            const value = share[pixel];
            if (at % 4 === 3 || value === 0 || value === 255) return mixed;
            const [own, other] = layers.map(({ colors, rows, columns }) => {
                const place = rows[Math.floor(pixel / width)] + columns[pixel % width];
                return colors[4 * place + (at % 4)];
            });
            let change = round(mixed - other + round((other - own) * levels[value]));
            change = round(round(round(change * gains[value]) + own) + 0.5);
            return Math.floor(Math.min(255, Math.max(0, change)));
        });
        const places = layers.flatMap(({ colors, rows, columns }) =>
            addresses(colors, rows, columns),
        );
        loops.unmixColors(
            ...addresses(band, share),
            width,
            height,
            ...places,
            ...addresses(levels, gains),
        );
        assert.deepEqual(band, wanted);
    }
});

test('a cut-out is painted as by copying, unmixing and clearing', () => {
    for (const [width, height] of [
        [1, 1],
        [16, 2],
        [37, 9],
        [300, 20],
    ]) {
        const make = arrays();
        const next = numbers(width + height);
        const byte = () => next() * 256;
        const pixels = make(Uint8Array, 4 * width * height, byte);
        const shown = make(Uint8Array, width * height, matte(next));
        const share = make(Uint8Array, width * height, matte(next));
        const layers = [0, 1].flatMap(() =>
            addresses(
                make(Uint8Array, 4 * 5 * 7, byte),
                make(Int32Array, height, (row) => 7 * Math.floor((5 * row) / height)),
                make(Int32Array, width, (column) => Math.floor((7 * column) / width)),
            ),
        );
        const tables = addresses(
            make(Float32Array, 256, (value) => value / 255),
            make(Float32Array, 256, (value) => value / 100),
        );
        const wanted = make(Uint8Array, pixels.length, (at) =>
            at % 4 === 3 ? shown[at >> 2] : pixels[at],
        );
        const out = make(Uint8Array, pixels.length, () => 7);
        const behind = make(Uint8Array, 64, () => 7);
        loops.unmixColors(...addresses(wanted, share), width, height, ...layers, ...tables);
        loops.clearPixels(...addresses(wanted, shown), width * height);
        loops.paintCutout(
            ...addresses(pixels, shown, share),
            width,
            height,
            ...layers,
            ...tables,
            ...addresses(out),
        );
        assert.deepEqual(out, wanted);
        assert.ok(behind.every((byte) => byte === 7));
    }
});

test('a fit is interpolated, applied to colours and kept in its bounds', () => {
    const [rows, columns, working, width] = [23, 20, 5, 9];
    const make = arrays();
    const next = numbers(8);
    const size = (working + 2) * width;
    const step = 4 * columns + 12;
    const pixels = make(Uint8Array, step * rows, () => next() * 256);
    const fields = make(Float32Array, 6 * size, (at) => {
        const plane = Math.floor(at / size);
        return [1, 1, 1, 200, 40, 160][plane] * (next() + (plane < 4 ? -0.5 : 0.5));
    });
    const left = make(Int32Array, columns, (column) => Math.floor((width * column) / columns));
    const right = make(Int32Array, columns, (column) => Math.min(left[column] + 1, width - 1));
    const along = make(Float32Array, columns, next);
    const above = make(Int32Array, rows, (row) => Math.floor((working * row) / rows));
    const share = make(Float32Array, rows, next);
    const across = make(Float32Array, 6 * working * columns);
    const outStep = columns + 8;
    const faint = 60;
    const alpha = make(Uint8Array, rows * outStep, () => 7);
    loops.evaluateFit(
        ...addresses(pixels),
        step,
        ...addresses(fields),
        size,
        width,
        working,
        ...addresses(left, right, along, above, share),
        columns,
        rows,
        ...addresses(across),
        faint,
        ...addresses(alpha),
        outStep,
    );
    const between = (first, second, part) => round(round(round(second - first) * part) + first);
    const wanted = alpha.map((_, at) => {
        const [row, column] = [Math.floor(at / outStep), at % outStep];
        if (column >= columns) return 7;
        const full = (plane) => {
            const [upper, lower] = [above[row], Math.min(above[row] + 1, working - 1)].map(
                (each) => {
                    const place = plane * size + each * width;
                    return between(
                        fields[place + left[column]],
                        fields[place + right[column]],
                        along[column],
                    );
                },
            );
            return between(upper, lower, share[row]);
        };
        let value = full(3);
        for (let channel = 0; channel < 3; channel++) {
            value = round(value + round(full(channel) * pixels[step * row + 4 * column + channel]));
        }
        value = Math.min(Math.max(value, full(4)), full(5));
        const whole = Math.floor(round(value + 0.5));
        return whole < faint ? Math.max(0, 2 * whole - faint) : whole;
    });
    assert.deepEqual(alpha, wanted);
    assert.ok(alpha.some((value) => value > 0 && value < faint));
});

test('means over a window are summed in double precision, in the order of numpy', () => {
    for (const [rows, columns, radius] of [
        [1, 1, 3],
        [1, 7, 2],
        [9, 1, 4],
        [6, 5, 1],
        [37, 24, 6],
        [20, 33, 40],
    ]) {
        const make = arrays();
        const next = numbers(rows * columns + radius);
        const values = make(Float32Array, rows * columns, () => next() - 0.4);
        const sums = make(Float64Array, (rows + 1) * columns + 1);
        const down = make(Float32Array, rows * columns);
        const across = make(Float32Array, rows * columns);
        const behind = make(Uint8Array, 64, () => 7);
        const byColumns = means(values, rows, columns, 1, columns, radius);
        const wanted = means(byColumns, columns, rows, columns, 1, radius);
        const size = [rows, columns];
        const room = addresses(sums)[0];
        loops.blurDown(
            ...addresses(values),
            ...size,
            Math.min(radius, rows - 1),
            room,
            ...addresses(down),
        );
        assert.deepEqual(down, byColumns);
        loops.blurAcross(
            ...addresses(down),
            ...size,
            Math.min(radius, columns - 1),
            room,
            ...addresses(across),
        );
        assert.deepEqual(across, wanted);
        assert.ok(behind.every((byte) => byte === 7));
    }
});

/** `_box_1d` of py/offcut/kernels/filters.py: along the first of two axes, with their steps in memory. */
function means(values, length, others, otherStep, step, radius) {
    const out = new Float32Array(values.length);
    const reach = Math.min(radius, length - 1);
    for (let other = 0; other < others; other++) {
        const sums = [0];
        for (let at = 0; at < length; at++) {
            sums.push(sums[at] + values[other * otherStep + at * step]);
        }
        for (let at = 0; at < length; at++) {
            const [start, end] = [Math.max(at - reach, 0), Math.min(at + reach + 1, length)];
            out[other * otherStep + at * step] = (sums[end] - sums[start]) / (end - start);
        }
    }
    return out;
}
