/**
 * @file Where the picture is on the screen: the geometry of zoom and pan.
 *
 * Decides: how far a small picture is enlarged to fit, and that it cannot be moved out of sight.
 *
 * A view maps source pixels to CSS pixels of the stage: `view.x + x * view.scale`, and y alike.
 */

/** @typedef {{ x: number, y: number, scale: number }} View */
/** @typedef {{ left: number, top: number, width: number, height: number }} Box */
/** @typedef {{ width: number, height: number }} Size */
/** @typedef {{ x: number, y: number }} Point */

/** A small picture is not enlarged further than this to fill the stage. */
const LARGEST_FIT = 4;
/** Share of the stage, from each side, out of which the picture cannot be moved. */
const VISIBLE_SHARE = 0.25;

/**
 * The view that shows the whole box in the middle of the stage.
 *
 * @param {Box} box  In source pixels.
 * @param {Size} stage
 * @param {number} gap  CSS pixels that stay free around it.
 * @param {number} pixels  Of the result, for one of the source: where it is made larger, its own size
 *     is no enlargement.
 * @returns {View}
 */
export function fitView(box, stage, gap, pixels = 1) {
    const room = { width: stage.width - 2 * gap, height: stage.height - 2 * gap };
    const most = Math.max(LARGEST_FIT, pixels);
    const wanted = Math.min(room.width / box.width, room.height / box.height, most);
    const scale = Math.max(wanted, 1e-3);
    return {
        scale,
        x: stage.width / 2 - (box.left + box.width / 2) * scale,
        y: stage.height / 2 - (box.top + box.height / 2) * scale,
    };
}

/**
 * The view with another scale, in which the picture does not move under one point of the stage.
 *
 * @param {View} view
 * @param {Point} point  In CSS pixels.
 * @param {number} scale
 * @returns {View}
 */
export function zoomView(view, point, scale) {
    const factor = scale / view.scale;
    return {
        scale,
        x: point.x - (point.x - view.x) * factor,
        y: point.y - (point.y - view.y) * factor,
    };
}

/**
 * The view moved back as far as needed for some of the box to stay visible on the stage.
 *
 * @param {View} view
 * @param {Box} box
 * @param {Size} stage
 * @returns {View}
 */
export function keepVisible(view, box, stage) {
    const { left, top, width, height } = boxToScreen(view, box);
    const x = clamp(left, VISIBLE_SHARE * stage.width - width, (1 - VISIBLE_SHARE) * stage.width);
    const y = clamp(top, VISIBLE_SHARE * stage.height - height, (1 - VISIBLE_SHARE) * stage.height);
    return { scale: view.scale, x: view.x + x - left, y: view.y + y - top };
}

/**
 * @param {View} view
 * @param {Box} box  In source pixels.
 * @returns {Box}    In CSS pixels of the stage.
 */
export function boxToScreen(view, { left, top, width, height }) {
    return {
        left: view.x + left * view.scale,
        top: view.y + top * view.scale,
        width: width * view.scale,
        height: height * view.scale,
    };
}

/**
 * @param {View} view
 * @param {Point} point  In CSS pixels of the stage.
 * @returns {Point}      In source pixels.
 */
export function pointToSource(view, { x, y }) {
    return { x: (x - view.x) / view.scale, y: (y - view.y) / view.scale };
}

/**
 * @param {number} value
 * @param {number} least
 * @param {number} most
 */
export function clamp(value, least, most) {
    return Math.max(least, Math.min(most, value));
}
