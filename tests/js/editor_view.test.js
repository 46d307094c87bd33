/**
 * @file Zoom, pan and strokes: from the screen to the picture's pixels and back.
 */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { StrokeRecorder } from '../../extension/result/editor/stroke_recorder.js';
import {
    boxToScreen,
    fitView,
    keepVisible,
    pointToSource,
    zoomView,
} from '../../extension/result/editor/view_geometry.js';

const STAGE = { width: 800, height: 600 };
const BOX = { left: -100, top: 50, width: 1000, height: 400 };

test('a fitted box is in the middle, whole, with a gap', () => {
    const { left, top, width, height } = boxToScreen(fitView(BOX, STAGE, 20), BOX);
    assert.equal(Math.round(width), 760);
    assert.equal(Math.round(left), 20);
    assert.equal(Math.round(top + height / 2), 300);
});

test('a tiny picture is not blown up without end', () => {
    assert.equal(fitView({ left: 0, top: 0, width: 10, height: 10 }, STAGE, 0).scale, 4);
});

test('what is made larger than its part of the picture fits as it is made', () => {
    const head = { left: 10, top: 10, width: 50, height: 65 };
    assert.equal(Math.round(fitView(head, STAGE, 0, 16).scale * 65), 600);
    assert.equal(fitView(head, STAGE, 0, 6).scale, 6, 'pixel for pixel');
});

test('what lies under the pointer stays there when zooming', () => {
    const view = fitView(BOX, STAGE, 0);
    const point = { x: 123, y: 456 };
    const before = pointToSource(view, point);
    const after = pointToSource(zoomView(view, point, view.scale * 8), point);
    assert.ok(Math.hypot(before.x - after.x, before.y - after.y) < 1e-9);
});

test('the picture cannot be pushed out of the stage', () => {
    const far = { scale: 1, x: 1e6, y: -1e6 };
    const { left, top, height } = boxToScreen(keepVisible(far, BOX, STAGE), BOX);
    assert.equal(left, 600);
    assert.equal(top + height, 150);
    const here = fitView(BOX, STAGE, 20);
    assert.deepEqual(keepVisible(here, BOX, STAGE), here);
});

test('a stroke keeps its ends and leaves out points that add nothing', () => {
    const stroke = new StrokeRecorder('keep', 10);
    for (let x = 0; x <= 100; x += 0.5) stroke.add({ x, y: 7 });
    const { kind, radius, points } = stroke.stroke;
    assert.deepEqual([kind, radius], ['keep', 10]);
    assert.deepEqual(points[0], [0, 7]);
    assert.deepEqual(points.at(-1), [100, 7]);
    assert.ok(points.length < 45);
});

test('a press without a movement is a dab', () => {
    const stroke = new StrokeRecorder('erase', 5.4321);
    stroke.add({ x: 1.23456, y: 2 });
    assert.deepEqual(stroke.stroke, { kind: 'erase', radius: 5.43, points: [[1.23, 2]] });
});
