/** @file What output settings mean as options of a job, and what choosing a shape brings along. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stateFrom } from '../../extension/result/editor/edit_state.js';
import { jobOptions, OUTPUT_DEFAULTS } from '../../extension/settings/output_settings.js';
import { SHAPES, settingsForShape, shapeOptions } from '../../extension/settings/shapes.js';

/** @param {Partial<import('../../extension/settings/output_settings.js').OutputSettings>} changes */
const optionsOf = (changes) => jobOptions({ ...OUTPUT_DEFAULTS, ...changes });

test('without a wish nothing is asked for but what has always been', () => {
    assert.deepEqual(Object.keys(optionsOf({})).sort(), [
        'background',
        'file_quality',
        'format',
        'model',
        'quality',
    ]);
});

test('a market place brings its canvas, white and a file type that it takes', () => {
    const settings = { ...OUTPUT_DEFAULTS, ...settingsForShape('zalando', OUTPUT_DEFAULTS) };
    const options = jobOptions({ ...settings, ownSize: true });
    assert.equal(options.canvas, '1801x2600');
    assert.equal(options.market, 'zalando');
    assert.equal(options.background, 'white');
    assert.equal(options.format, 'jpeg');
    assert.equal(options.own_size, true);
    const png = settingsForShape('amazon', { ...OUTPUT_DEFAULTS, format: 'png' });
    assert.equal(png.format, 'png');
});

test('a sticker brings its outline and the weight of its file', () => {
    const settings = { ...OUTPUT_DEFAULTS, ...settingsForShape('whatsapp', OUTPUT_DEFAULTS) };
    const options = jobOptions(settings);
    assert.equal(options.outline, '3%');
    assert.equal(options.max_kilobytes, 100);
    assert.equal(options.format, 'webp');
    assert.equal(settingsForShape('signal', { ...settings, outline: 7 }).outline, 7);
});

test('edge, outline and shadow become options, and an own size needs a canvas', () => {
    const options = optionsOf({ feather: 2, shiftEdge: -1, outline: 4, shadow: 'contact' });
    assert.equal(options.feather, 2);
    assert.equal(options.shift_edge, -1);
    assert.equal(options.outline, '4%');
    assert.equal(options.shadow, true);
    assert.equal(options.shadow_kind, 'contact');
    assert.equal('own_size' in optionsOf({ ownSize: true, shape: '1:1' }), false);
    assert.equal(optionsOf({ shape: '4:5' }).aspect, '4:5');
});

test('every shape can be chosen', () => {
    for (const shape of SHAPES) assert.equal(settingsForShape(shape, OUTPUT_DEFAULTS).shape, shape);
});

test('the editor knows a sticker by what it asks for', () => {
    for (const shape of ['whatsapp', 'telegram', 'signal', 'discord']) {
        const format = shape === 'discord' ? 'png' : 'webp';
        const options = { quality: 'fast', format, ...shapeOptions(shape, false, format) };
        assert.equal(stateFrom({ options, strokes: [] }).frame, shape);
        const other = { ...options, scale: 0.5 };
        assert.equal(stateFrom({ options: other, strokes: [] }).frame, 'canvas');
    }
});
