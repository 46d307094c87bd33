/**
 * @file Keys of the stage, for everything that a pointer can do there.
 *
 * Decides: which letter takes which tool (T H K R P E), + - 0 1 2 for zoom, [ ] for the size, O,
 * arrows, Enter, Escape, and when letters do nothing because one types. Ctrl+Z is in
 * editor_controls.js, the space bar in gestures.js.
 *
 * Single letters count only while the stage or its tools have the focus. So a user who dictates
 * or types elsewhere does not change the picture by accident.
 */

import { byId } from '../../ui/dom.js';

/** CSS pixels that an arrow key moves; then those with Shift, and with Alt. */
const STEP = 16;
const LARGE_STEP = 64;
const FINE_STEP = 1;
const ZOOM_STEP = 1.25;

/** @type {Readonly<Record<string, string>>} */
const TOOLS = Object.freeze({
    t: 'tap',
    h: 'hand',
    k: 'keep',
    r: 'remove',
    p: 'paint',
    e: 'erase',
});
/** @type {Readonly<Record<string, [number, number]>>} */
const ARROWS = Object.freeze({
    ArrowLeft: [-1, 0],
    ArrowRight: [1, 0],
    ArrowUp: [0, -1],
    ArrowDown: [0, 1],
});

/**
 * @typedef {object} StageKeys
 * @property {import('./stage.js').Stage} stage
 * @property {import('./brush.js').Brush} brush
 * @property {import('./tap_tool.js').TapTool} taps
 * @property {() => void} toggleOriginal
 */

/** @param {StageKeys} keys */
export function wireStageKeys(keys) {
    const { stage, brush, taps } = keys;
    byId('workspace', HTMLElement).addEventListener('keydown', (event) => {
        if (event.ctrlKey || event.metaKey || isTyping(event.target)) return;
        const isHandled = handleStageKey(keys, event) || handleToolKey(keys, event.key);
        if (isHandled) event.preventDefault();
    });
    stage.canvas.addEventListener('focus', () => {
        if (stage.canvas.matches(':focus-visible')) pointing(keys)?.enter();
    });
    stage.canvas.addEventListener('blur', () => {
        brush.cancel();
        brush.hideRing();
        taps.leave();
    });
}

/**
 * Keys that need the focus on the stage itself, since other controls use them too.
 *
 * @param {StageKeys} keys
 * @param {KeyboardEvent} event
 */
function handleStageKey(keys, event) {
    const { stage, brush } = keys;
    if (event.target !== stage.canvas) return false;
    const tool = pointing(keys);
    const arrow = ARROWS[event.key];
    if (arrow) {
        const step = event.shiftKey ? LARGE_STEP : event.altKey ? FINE_STEP : STEP;
        const [x, y] = [arrow[0] * step, arrow[1] * step];
        if (tool) tool.step(x, y);
        else stage.pan(-x, -y);
        return true;
    }
    if (event.key === 'Enter' && tool) {
        tool.press();
        return true;
    }
    if (event.key === 'Escape' && brush.isDrawing) {
        brush.cancel();
        return true;
    }
    return false;
}

/**
 * The tool that the keys move over the picture, if it is not the hand.
 *
 * @param {StageKeys} keys
 */
function pointing({ brush, taps }) {
    if (brush.tool === 'tap') return taps;
    return brush.kind ? brush : null;
}

/**
 * @param {StageKeys} keys
 * @param {string} key
 */
function handleToolKey({ stage, brush, toggleOriginal }, key) {
    const tool = TOOLS[key.toLowerCase()];
    if (tool) brush.take(tool);
    else if (key === '+' || key === '=') stage.zoomTo(stage.zoom * ZOOM_STEP);
    else if (key === '-') stage.zoomTo(stage.zoom / ZOOM_STEP);
    else if (key === '0') stage.fit();
    else if (key === '1' || key === '2') stage.zoomTo(Number(key));
    else if (key === '[') brush.resize(-1);
    else if (key === ']') brush.resize(1);
    else if (key.toLowerCase() === 'o') toggleOriginal();
    else return false;
    return true;
}

/**
 * Whether keys are for a field, which has its own undo.
 *
 * @param {EventTarget | null} target
 */
export function isTyping(target) {
    return target instanceof HTMLInputElement && ['number', 'text'].includes(target.type);
}
