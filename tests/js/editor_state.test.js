/**
 * @file The editor's state: what it makes of options, what options it gives, undo and redo.
 */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { editOf, matteOf } from '../../extension/result/editor/edit_options.js';
import { stateFrom } from '../../extension/result/editor/edit_state.js';
import { fieldsForFrame } from '../../extension/result/editor/frame_presets.js';
import { History } from '../../extension/result/editor/history.js';
import { fieldsForIdPhoto } from '../../extension/result/editor/id_photo_state.js';

const JOB = { quality: 'fast', model: null, format: 'png', file_quality: 90 };
const first = stateFrom({ options: { ...JOB, background: 'transparent' }, strokes: [] });

/** @param {Partial<import('../../extension/result/editor/edit_state.js').EditState>} changes */
const optionsOf = (changes) => editOf({ ...first, ...changes }, JOB).options;

test('the settings of a job are where the controls begin', () => {
    const options = { ...JOB, format: 'webp', background: 'white', crop: true, margin: '7%' };
    const state = stateFrom({ options, strokes: [] });
    assert.equal(state.format, 'webp');
    assert.equal(state.backgroundKind, 'color');
    assert.equal(state.backgroundColor, '#ffffff');
    assert.equal(state.crop, true);
    assert.equal(state.margin, 7);
});

for (const changes of [
    {},
    { feather: 2.5, shiftEdge: -3, isHard: true, threshold: 40 },
    { backgroundKind: 'color', backgroundColor: '#12ab00' },
    { backgroundKind: 'blur', backgroundBlur: 6 },
    { backgroundKind: 'picture', backgroundPicture: 'a-b' },
    {
        shadow: true,
        shadowX: -3,
        shadowY: 4.5,
        shadowBlur: 8,
        shadowOpacity: 30,
        shadowColor: '#222222',
    },
    { shadow: true, shadowKind: 'cast', castX: -20, castY: 12 },
    { outline: 4, outlineColor: '#ff8800' },
    { format: 'jpeg', maxKilobytes: 80 },
    { idPhoto: 'us-passport', idMiddle: 51.25, idCrown: 9.125, idEyes: 20, idChin: 40, dpi: 600 },
    { idPhoto: 'own', idWidth: 40, idHeight: 60.5, idHead: 30 },
    { format: 'psd', keepMetadata: true },
    { crop: true, margin: 12 },
    { frame: '4:5', crop: true, positionX: 20, positionY: 80.1 },
    { frame: 'canvas', canvasWidth: 800, canvasHeight: 600, scale: 70, margin: 0, ownSize: true },
    { frame: 'google', canvasWidth: 1500, canvasHeight: 1500, scale: 80 },
    { output: 'inverse', quality: 'best' },
    { format: 'webp', lossless: true, keepMetadata: true },
]) {
    test(`a state survives the way to the engine and back: ${JSON.stringify(changes)}`, () => {
        const state = { ...first, ...changes };
        assert.deepEqual(stateFrom(editOf(state, JOB)), state);
    });
}

test('the model of the job stays', () => {
    assert.equal(editOf(first, { ...JOB, model: 'isnet' }).options.model, 'isnet');
});

test('a market place is a canvas with white behind, and its size an own one once changed', () => {
    const options = optionsOf(fieldsForFrame('amazon', first));
    assert.equal(options.canvas, '2000x2000');
    assert.equal(options.scale, 0.86);
    assert.equal(options.background, '#ffffff');
    assert.equal(options.market, 'amazon');
    assert.equal(options.format, 'png');
    assert.equal(optionsOf(fieldsForFrame('zalando', first)).format, 'jpeg');
    assert.equal(
        'market' in optionsOf({ ...fieldsForFrame('amazon', first), frame: 'canvas' }),
        false,
    );
});

test('without a market place its white goes, and the format that has no transparency', () => {
    const market = { ...first, ...fieldsForFrame('amazon', { ...first, format: 'jpeg' }) };
    const own = { ...market, ...fieldsForFrame('none', market) };
    assert.equal(own.backgroundKind, 'transparent');
    assert.equal(own.format, 'png');
    const red = { ...market, backgroundColor: '#ff0000' };
    assert.equal({ ...red, ...fieldsForFrame('none', red) }.backgroundKind, 'color');
    const other = { ...market, ...fieldsForFrame('ebay', market) };
    assert.equal(other.backgroundKind, 'color');
});

test('a sticker has the size, the type and the weight that its messenger takes', () => {
    const sticker = { ...first, ...fieldsForFrame('whatsapp', first) };
    const options = optionsOf(sticker);
    assert.equal(options.canvas, '512x512');
    assert.equal(options.format, 'webp');
    assert.equal(options.max_kilobytes, 100);
    assert.equal(options.outline, '3%');
    assert.equal('max_kilobytes' in optionsOf(fieldsForFrame('discord', first)), false);
    // An outline that was chosen stays; what the sticker has brought goes with it.
    assert.equal(fieldsForFrame('signal', { ...first, outline: 7 }).outline, 7);
    const after = { ...sticker, ...fieldsForFrame('none', sticker) };
    assert.equal('outline' in optionsOf(after), false);
    assert.equal('max_kilobytes' in optionsOf(after), false);
});

test('a format for an office brings its background, and excludes every other frame', () => {
    const state = {
        ...first,
        ...fieldsForFrame('amazon', first),
        ...fieldsForIdPhoto('gb-passport'),
    };
    const options = optionsOf(state);
    assert.equal(options.id_photo, 'gb-passport');
    assert.equal(options.background, '#e6e6e6');
    for (const other of ['canvas', 'scale', 'crop', 'market'])
        assert.equal(other in options, false);
    assert.equal('id_photo' in optionsOf({ ...state, ...fieldsForIdPhoto('none') }), false);
});

test('options that cannot go together are never sent', () => {
    const canvas = optionsOf({ ...fieldsForFrame('ebay', first), crop: true });
    assert.equal('aspect' in canvas, false);
    assert.equal(optionsOf({ format: 'jpeg', lossless: true }).lossless, false);
    assert.equal('scale' in optionsOf({ frame: '1:1' }), false);
});

test('a matte of its own has the edge and the strokes, and the size of the picture', () => {
    const strokes = [{ kind: 'keep', radius: 3, points: [[1, 2]] }];
    const changes = { feather: 3, crop: true, frame: '1:1', shadow: true, format: 'psd' };
    const { options, strokes: drawn } = matteOf(
        editOf({ ...first, ...changes, strokes: /** @type {any} */ (strokes) }, JOB),
    );
    assert.deepEqual(options, {
        model: null,
        quality: 'fast',
        feather: 3,
        shift_edge: 0,
        threshold: null,
        output: 'matte',
        format: 'png',
    });
    assert.deepEqual(drawn, strokes);
});

test('lengths are written without exponents', () => {
    assert.equal(optionsOf({ frame: '1:1', positionX: 1e-7 }).position, '0% 50%');
});

test('a picture that is not chosen yet is no background', () => {
    const edit = editOf({ ...first, backgroundKind: 'picture' }, JOB);
    assert.equal(edit.options.background, 'transparent');
    assert.equal('background' in edit, false);
});

test('undo and redo go over every step, and a new one ends what was undone', () => {
    const history = new History(0);
    history.change(1);
    history.change(2);
    history.undo();
    assert.equal(history.now, 1);
    history.undo();
    history.undo();
    assert.equal(history.now, 0);
    assert.equal(history.canUndo, false);
    history.redo();
    assert.equal(history.now, 1);
    history.change(3);
    assert.equal(history.canRedo, false);
    history.undo();
    assert.equal(history.now, 1);
});

test('a slider that is dragged is one step until it is let go', () => {
    const history = new History(0);
    for (const value of [1, 2, 3]) history.change(value, 'feather');
    history.settle();
    history.change(4, 'feather');
    history.undo();
    assert.equal(history.now, 3);
    history.undo();
    assert.equal(history.now, 0);
});

test('a step that was gone back to is not overwritten by its own author', () => {
    const history = new History(0);
    history.change(1, 'feather');
    history.change(2, 'shift');
    history.undo();
    history.change(5, 'feather');
    history.undo();
    assert.equal(history.now, 1);
});
