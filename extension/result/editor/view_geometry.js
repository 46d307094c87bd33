/**
 * @file Where the picture lies on the screen: arithmetic of zoom and pan.
 *
 * A view maps source pixels to CSS pixels of the stage: `x + source x * scale`.
 */

/** @typedef {{ x: number, y: number, scale: number }} View */
/** @typedef {{ left: number, top: number, width: number, height: number }} Box */
/** @typedef {{ width: number, height: number }} Size */
/** @typedef {{ x: number, y: number }} Point */

/** A small picture is not blown up further than this to fill the stage. */
const LARGEST_FIT = 4;
/** So much of the stage, at each side, the picture cannot be pushed out of. */
const KEPT = 0.25;

/**
 * The whole box in the middle of the stage.
 *
 * @param {Box} box  In source pixels.
 * @param {Size} stage
 * @param {number} gap  CSS pixels that are left free around it.
 * @returns {View}
 */
export function fitted(box, stage, gap) {
    const room = { width: stage.width - 2 * gap, height: stage.height - 2 * gap };
    const wanted = Math.min(room.width / box.width, room.height / box.height, LARGEST_FIT);
    const scale = Math.max(wanted, 1e-3);
    return {
        scale,
        x: stage.width / 2 - (box.left + box.width / 2) * scale,
        y: stage.height / 2 - (box.top + box.height / 2) * scale,
    };
}

/**
 * Another scale; what lies under a point of the stage stays there.
 *
 * @param {View} view
 * @param {Point} point  In CSS pixels.
 * @param {number} scale
 * @returns {View}
 */
export function zoomed(view, point, scale) {
    const factor = scale / view.scale;
    return {
        scale,
        x: point.x - (point.x - view.x) * factor,
        y: point.y - (point.y - view.y) * factor,
    };
}

/**
 * The view moved back so far that some of the box is in the middle of the stage.
 *
 * @param {View} view
 * @param {Box} box
 * @param {Size} stage
 * @returns {View}
 */
export function kept(view, box, stage) {
    const { left, top, width, height } = onScreen(view, box);
    const x = within(left, KEPT * stage.width - width, (1 - KEPT) * stage.width);
    const y = within(top, KEPT * stage.height - height, (1 - KEPT) * stage.height);
    return { scale: view.scale, x: view.x + x - left, y: view.y + y - top };
}

/**
 * @param {View} view
 * @param {Box} box  In source pixels.
 * @returns {Box}    In CSS pixels of the stage.
 */
export function onScreen(view, { left, top, width, height }) {
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
export function inSource(view, { x, y }) {
    return { x: (x - view.x) / view.scale, y: (y - view.y) / view.scale };
}

/**
 * @param {number} value
 * @param {number} least
 * @param {number} most
 */
export function within(value, least, most) {
    return Math.max(least, Math.min(most, value));
}
