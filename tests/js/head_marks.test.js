import assert from 'node:assert/strict';
import { test } from 'node:test';
import { headMarks } from '../../extension/result/editor/head_marks.js';

const SIDE = 100;

/**
 * A picture of which the rows are opaque for so many pixels around a column.
 *
 * @param {(row: number) => number} widthAt
 */
function picture(widthAt, middle = 50) {
    const pixels = new Uint8ClampedArray(4 * SIDE * SIDE);
    for (let row = 0; row < SIDE; row++) {
        const half = widthAt(row) / 2;
        for (let column = 0; column < SIDE; column++)
            if (Math.abs(column + 0.5 - middle) < half) pixels[4 * (row * SIDE + column) + 3] = 255;
    }
    return pixels;
}

/** @param {number} row */
function person(row) {
    if (row < 10) return 0;
    if (row < 40) return 2 * Math.sqrt(15 ** 2 - (row - 25) ** 2) + 0.1;
    return row < 46 ? 14 : 60;
}

/** @param {ReturnType<typeof headMarks>} marks */
function rounded(marks) {
    return marks && Object.fromEntries(Object.entries(marks).map(([k, v]) => [k, Math.round(v)]));
}

test('the marks lie on the head, wherever it is', () => {
    for (const middle of [40, 50]) {
        const marks = rounded(headMarks(picture(person, middle), SIDE, SIDE));
        assert.ok(marks);
        assert.equal(marks.idMiddle, middle);
        assert.ok(Math.abs((marks.idCrown ?? 0) - 10) <= 1, `crown ${marks.idCrown}`);
        assert.ok(Math.abs((marks.idChin ?? 0) - 42) <= 6, `chin ${marks.idChin}`);
        assert.ok((marks.idEyes ?? 0) > 20 && (marks.idEyes ?? 0) < 32, `eyes ${marks.idEyes}`);
    }
});

test('a hair above the head, and the brim of a hat, are no crown and no head', () => {
    const hat = (/** @type {number} */ row) => (row >= 14 && row < 17 ? 40 : person(row));
    const hair = (/** @type {number} */ row) => (row < 10 ? 1 : person(row));
    for (const each of [hair, hat]) {
        const marks = rounded(headMarks(picture(each), SIDE, SIDE));
        assert.ok(marks && Math.abs((marks.idCrown ?? 0) - 10) <= 1);
        assert.ok(Math.abs((marks.idChin ?? 0) - 42) <= 6, `chin ${marks.idChin}`);
    }
});

test('where no neck is seen the head is as long as usual', () => {
    const marks = rounded(
        headMarks(
            picture((row) => (row < 20 ? 0 : 30)),
            SIDE,
            SIDE,
        ),
    );
    assert.deepEqual(marks, { idMiddle: 50, idCrown: 20, idEyes: 40, idChin: 60 });
});

test('in an empty picture, and in one that is all subject, the marks stay in the picture', () => {
    assert.equal(
        headMarks(
            picture(() => 0),
            SIDE,
            SIDE,
        ),
        null,
    );
    const all = headMarks(
        picture(() => 200),
        SIDE,
        SIDE,
    );
    assert.deepEqual(rounded(all), { idMiddle: 50, idCrown: 0, idEyes: 20, idChin: 40 });
    const low = headMarks(
        picture((row) => (row < 95 ? 0 : 50)),
        SIDE,
        SIDE,
    );
    assert.equal(low, null);
});
