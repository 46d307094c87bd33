/** @file Cheapest paths: the same bits as py/offcut/editing/geodesic.py, whose steps are done here again. */

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { arrays, loops, numbers } from './loops_memory.js';

/** One round of `geodesic_distance`, line by line. */
function round(far, alongRows, alongColumns, rows, columns) {
    const before = far.slice();
    for (let row = 0; row < rows; row++) sweep(far, alongRows, row * columns, columns, 1);
    for (let column = 0; column < columns; column++) {
        sweep(far, alongColumns, column, rows, columns);
    }
    return Math.max(...before.map((value, at) => value - far[at]));
}

function sweep(far, sums, first, count, step) {
    const places = Array.from({ length: count }, (_, at) => first + at * step);
    const least = (order, sign) => {
        let running = Number.POSITIVE_INFINITY;
        return order.map((at) => {
            running = Math.min(running, far[at] - sign * sums[at]);
            return running + sign * sums[at];
        });
    };
    const forth = least(places, 1);
    const back = least(places.toReversed(), -1).reverse();
    places.forEach((at, index) => {
        far[at] = Math.min(forth[index], back[index]);
    });
}

for (const [rows, columns] of [
    [1, 1],
    [1, 9],
    [7, 1],
    [8, 6],
    [23, 31],
]) {
    test(`distances on ${rows} x ${columns} pixels are those of the sums one by one`, () => {
        const count = rows * columns;
        const next = numbers(count);
        const place = arrays();
        const alongRows = place(Float64Array, count);
        const alongColumns = place(Float64Array, count);
        for (let row = 0; row < rows; row++) {
            for (let column = 0; column < columns; column++) {
                const at = row * columns + column;
                if (column > 0) alongRows[at] = alongRows[at - 1] + 1 + 20 * next();
                if (row > 0) alongColumns[at] = alongColumns[at - columns] + 1 + 20 * next();
            }
        }
        const far = place(Float64Array, count, () => (next() < 0.1 ? 0 : 1e6));
        far[count >> 1] = 0;
        const room = place(Float64Array, 2 * count + 2, () => -7);
        const wanted = Float64Array.from(far);
        for (let rounds = 0; rounds < 4; rounds++) {
            const found = loops.sweepDistances(
                far.byteOffset,
                alongRows.byteOffset,
                alongColumns.byteOffset,
                rows,
                columns,
                room.byteOffset,
            );
            const most = round(wanted, alongRows, alongColumns, rows, columns);
            assert.deepEqual([...far], [...wanted]);
            assert.equal(found, most);
        }
        assert.deepEqual([...room.slice(-2)], [-7, -7], 'it keeps within its room');
    });
}
