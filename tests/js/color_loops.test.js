import assert from 'node:assert/strict';
import test from 'node:test';

import { addresses, arrays, loops, matte, numbers, round } from './loops_memory.js';

test('the colours of soft pixels are relaxed in single precision', () => {
    for (const [width, height, steps] of [
        [1, 1, 2],
        [5, 1, 3],
        [9, 7, 1],
        [20, 13, 10],
    ]) {
        const make = arrays();
        const next = numbers(width + 100 * height);
        const count = width * height;
        const image = make(Float32Array, 3 * count, next);
        const softness = matte(next);
        const alpha = make(Float32Array, count, () => softness() / 255);
        const pair = make(Float32Array, 6 * count, next);
        const soft = make(Int32Array, count);
        const [low, high, flatness, atEdges] = [0.004, 0.996, 1e-5, 0.03];
        const wanted = relaxed(image, alpha, pair, { width, low, high, flatness, atEdges, steps });
        const places = addresses(image, alpha, pair);
        const found = loops.takeKnownColors(...places, count, low, high, ...addresses(soft));
        assert.deepEqual(
            [...soft.slice(0, found)],
            [...alpha.keys()].filter((at) => alpha[at] >= round(low) && alpha[at] <= round(high)),
        );
        const room = make(Uint8Array, 96 * found);
        const behind = make(Uint8Array, 64, () => 7);
        loops.relaxColors(
            ...places,
            width,
            height,
            ...addresses(soft),
            found,
            flatness,
            atEdges,
            steps,
            ...addresses(room),
        );
        assert.deepEqual(pair, wanted);
        assert.ok(behind.every((byte) => byte === 7));
    }
});

/** `_relax` of py/offcut/matting/multilevel.py. */
function relaxed(image, alpha, pair, { width, low, high, flatness, atEdges, steps }) {
    const count = alpha.length;
    const result = pair.slice();
    const soft = [];
    for (let at = 0; at < count; at++) {
        const side = alpha[at] > round(high) ? 0 : alpha[at] < round(low) ? 1 : null;
        if (side === null) soft.push(at);
        else for (const c of [0, 1, 2]) result[(3 * side + c) * count + at] = image[c * count + at];
    }
    for (let step = 0; step < steps; step++) {
        const before = result.slice();
        for (const at of soft) {
            const column = at % width;
            const beside = [
                at + Number(column < width - 1),
                at - Number(column > 0),
                at + (at + width < count ? width : 0),
                at - (at >= width ? width : 0),
            ];
            const share = alpha[at];
            const rest = round(1 - share);
            const weights = beside.map((other) =>
                round(
                    round(flatness) + round(round(atEdges) * Math.abs(round(share - alpha[other]))),
                ),
            );
            const total = weights.reduce((sum, weight) => round(sum + weight));
            const own = round(round(share * share) + total);
            const both = round(share * rest);
            const back = round(round(rest * rest) + total);
            const scale = round(1 / round(round(own * back) - round(both * both)));
            for (const c of [0, 1, 2]) {
                const [first, second] = [share, rest].map((part, side) =>
                    beside.reduce(
                        (sum, other, index) =>
                            round(
                                sum +
                                    round(weights[index] * before[(3 * side + c) * count + other]),
                            ),
                        round(image[c * count + at] * part),
                    ),
                );
                const clip = (value) => Math.min(Math.max(round(value * scale), 0), 1);
                result[c * count + at] = clip(round(round(back * first) - round(both * second)));
                result[(3 + c) * count + at] = clip(
                    round(round(own * second) - round(both * first)),
                );
            }
        }
    }
    return result;
}

test('colours become pixels, and those are enlarged by weights', () => {
    const [rows, columns, height, width] = [3, 5, 8, 13];
    const make = arrays();
    const next = numbers(5);
    const planes = make(Float32Array, 3 * rows * columns, () => 1.4 * next() - 0.2);
    const pixels = make(Uint8Array, 4 * rows * columns);
    loops.packColors(...addresses(planes), rows * columns, ...addresses(pixels));
    const byte = (at) =>
        Math.floor(
            round(
                round(
                    Math.min(Math.max(planes[(at % 4) * rows * columns + (at >> 2)], 0), 1) * 255,
                ) + 0.5,
            ),
        );
    assert.deepEqual(
        pixels,
        pixels.map((_, at) => (at % 4 === 3 ? 255 : byte(at))),
    );
    const taps = (length, small) => {
        const first = make(Int32Array, length, (at) => Math.floor((small * at) / length));
        const second = make(Int32Array, length, (at) => Math.min(first[at] + 1, small - 1));
        const near = make(Int32Array, length, () => Math.floor(next() * 2 ** 22));
        return [first, second, near, make(Int32Array, length, (at) => 2 ** 22 - near[at])];
    };
    const mixed = (pick, [first, second, near, far], at) =>
        (pick(first[at]) * near[at] + pick(second[at]) * far[at] + 2 ** 21) >> 22;
    const [along, down] = [taps(width, columns), taps(height, rows)];
    const across = make(Uint8Array, 4 * rows * width);
    const out = make(Uint8Array, 4 * height * width);
    const behind = make(Uint8Array, 64, () => 7);
    loops.stretchAcross(
        ...addresses(pixels),
        rows,
        columns,
        ...addresses(...along),
        width,
        ...addresses(across),
    );
    const wanted = across.map((_, at) => {
        const [row, channel] = [Math.floor(at / 4 / width), at % 4];
        return mixed(
            (place) => pixels[4 * (row * columns + place) + channel],
            along,
            (at >> 2) % width,
        );
    });
    assert.deepEqual(across, wanted);
    loops.stretchDown(
        ...addresses(across),
        width,
        ...addresses(...down),
        height,
        ...addresses(out),
    );
    assert.deepEqual(
        out,
        out.map((_, at) => {
            const rest = at % (4 * width);
            const pick = (place) => across[4 * width * place + rest];
            return mixed(pick, down, Math.floor(at / 4 / width));
        }),
    );
    assert.ok(behind.every((value) => value === 7));
});
