/**
 * @file Paints the stage: original, result, strokes and regions without a result yet, what a tap would
 * do, and the brush's ring.
 *
 * Decides: colours of strokes and ring, plus and minus beside it, the faint removed parts, from
 * which zoom on pixels are squares, the part left of the divider.
 */

import { boxToScreen } from './view_geometry.js';

/** @typedef {import('./view_geometry.js').Box} Box */
/** @typedef {import('./view_geometry.js').View} View */
/** @typedef {import('../../messages/edit_types.js').Stroke} Stroke */

/**
 * @typedef {object} Layer
 * @property {CanvasImageSource} image
 * @property {number} width  Pixels of the image.
 * @property {Box} box       Where it is, in source pixels.
 */

/**
 * @typedef {object} Scene
 * @property {{ width: number, height: number }} size  Of the stage in CSS pixels.
 * @property {number} density         Device pixels of a CSS pixel.
 * @property {View} view
 * @property {Layer | null} original
 * @property {Layer | null} result
 * @property {number} divider         CSS pixels from the left; the original is shown left of it.
 * @property {boolean} showsOriginal  Instead of the result.
 * @property {boolean} showsGhost     The removed parts are shown faintly.
 * @property {readonly Stroke[]} strokes  Strokes that the result does not show yet.
 * @property {readonly Layer[]} regions  Of taps; the result does not show them yet.
 * @property {Layer | null} hover        What a tap at the pointer would change.
 * @property {Cursor | null} cursor
 */

/** @typedef {Stroke['kind'] | import('../../messages/edit_types.js').Region['kind'] | 'tap'} Sign */
/** @typedef {{ x: number, y: number, radius: number, kind: Sign }} Cursor */

/** From this many device pixels on, a pixel of the picture is shown as a sharp square. */
const SQUARE_FROM = 3;
const GHOST_ALPHA = 0.35;
/** @type {Record<Stroke['kind'], string>} */
const STROKE_COLORS = {
    keep: 'rgb(22 163 74 / 50%)',
    remove: 'rgb(220 38 38 / 50%)',
    paint: 'rgb(37 99 235 / 50%)',
    erase: 'rgb(217 119 6 / 50%)',
};
/** @type {Record<Sign, string>} What a tap does is not always known. */
const SIGNS = { keep: '+', remove: '−', paint: '+', erase: '−', add: '+', take: '−', tap: '' };

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Scene} scene
 */
export function paintStage(context, scene) {
    const { size, density, view, original, result, divider, cursor } = scene;
    context.setTransform(density, 0, 0, density, 0, 0);
    context.clearRect(0, 0, size.width, size.height);
    if (scene.showsOriginal && original) {
        paintLayer(context, scene, original);
    } else if (result) {
        paintLayer(context, scene, result);
        if (scene.showsGhost && original) {
            context.globalAlpha = GHOST_ALPHA;
            paintLayer(context, scene, original);
            context.globalAlpha = 1;
        }
        if (divider > 0 && original) paintBefore(context, scene, original, result.box);
    }
    for (const stroke of scene.strokes) paintStroke(context, view, stroke);
    for (const region of scene.regions) paintRegion(context, view, region);
    if (scene.hover) paintRegion(context, view, scene.hover);
    if (cursor) paintCursor(context, cursor);
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Scene} scene
 * @param {Layer} layer
 */
function paintLayer(context, { view, density }, { image, width, box }) {
    const { left, top, ...size } = boxToScreen(view, box);
    context.imageSmoothingEnabled = (size.width / width) * density < SQUARE_FROM;
    context.imageSmoothingQuality = 'high';
    context.drawImage(image, left, top, size.width, size.height);
}

/**
 * Regions are coarser than the picture: their steps are smoothed at every zoom.
 *
 * @param {CanvasRenderingContext2D} context
 * @param {View} view
 * @param {Layer} region
 */
function paintRegion(context, view, { image, box }) {
    const { left, top, width, height } = boxToScreen(view, box);
    context.imageSmoothingEnabled = true;
    context.imageSmoothingQuality = 'high';
    context.drawImage(image, left, top, width, height);
}

/**
 * The original left of the divider, within the result's frame.
 *
 * @param {CanvasRenderingContext2D} context
 * @param {Scene} scene
 * @param {Layer} original
 * @param {Box} frame
 */
function paintBefore(context, scene, original, frame) {
    const { left, top, width, height } = boxToScreen(scene.view, frame);
    context.save();
    context.beginPath();
    context.rect(left, top, Math.min(width, scene.divider - left), height);
    if (scene.divider > left) {
        context.clip();
        context.clearRect(left, top, width, height);
        paintLayer(context, scene, original);
    }
    context.restore();
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {View} view
 * @param {Stroke} stroke
 */
function paintStroke(context, view, { kind, radius, points }) {
    const [first] = points;
    if (!first) return;
    // A line without length is not drawn, so a single dab becomes a very short line.
    const path = points.length > 1 ? points : [first, first.map((each) => each + 1e-3)];
    context.beginPath();
    for (const [x = 0, y = 0] of path) {
        context.lineTo(view.x + x * view.scale, view.y + y * view.scale);
    }
    context.lineWidth = 2 * radius * view.scale;
    context.lineCap = 'round';
    context.lineJoin = 'round';
    context.strokeStyle = STROKE_COLORS[kind];
    context.stroke();
}

/**
 * A ring of two colours, so that it is visible on every picture.
 *
 * @param {CanvasRenderingContext2D} context
 * @param {Cursor} cursor
 */
function paintCursor(context, { x, y, radius, kind }) {
    for (const [color, width] of /** @type {const} */ ([
        ['rgb(0 0 0 / 75%)', 3],
        ['white', 1.25],
    ])) {
        context.beginPath();
        context.arc(x, y, Math.max(2, radius), 0, 2 * Math.PI);
        context.strokeStyle = color;
        context.lineWidth = width;
        context.stroke();
    }
    context.font = '600 15px system-ui, sans-serif';
    context.textBaseline = 'middle';
    context.lineWidth = 3;
    context.strokeStyle = 'rgb(0 0 0 / 75%)';
    context.fillStyle = 'white';
    const place = radius * Math.SQRT1_2 + 8;
    context.strokeText(SIGNS[kind], x + place, y + place);
    context.fillText(SIGNS[kind], x + place, y + place);
}
