/**
 * @file The built-in test picture, and what a model must make of it.
 *
 * Decides: how a model's answer is judged (MODEL_UNFIT) and two answers are compared.
 *
 * A shaded ball before a plain room: simple enough that every model for single subjects is
 * expected to see it, and with a known answer.
 */

import { offcutError } from '../messages/failure.js';

/** Radius and middle of the ball, as shares of the picture. */
const BALL = Object.freeze({ x: 0.5, y: 0.52, radius: 0.28 });
/** How far outside of [0, 1] a matte may stray by rounding. */
const TOLERANCE = 0.02;

/** @typedef {import('../messages/model_types.js').ModelEntry} ModelEntry */
/** @typedef {import('../messages/worker_types.js').ModelRun} ModelRun */
/** @typedef {import('../messages/worker_types.js').ModelOutput} ModelOutput */

/**
 * The picture as a model's input.
 *
 * @param {ModelEntry} entry
 * @returns {ModelRun}
 */
export function testRun({ id, input, output }) {
    const { height, width, scale, mean, std } = input;
    const { data } = draw(width, height);
    const tensor = new Float32Array(3 * height * width);
    for (let channel = 0; channel < 3; channel += 1) {
        const [offset = 0, divisor = 1] = [mean[channel], std[channel]];
        const start = channel * height * width;
        for (let at = 0; at < height * width; at += 1) {
            tensor[start + at] = ((data[4 * at + channel] ?? 0) * scale - offset) / divisor;
        }
    }
    return {
        modelId: id,
        feeds: [{ name: input.name, dims: [1, 3, height, width], data: tensor }],
        fetch: output.name,
    };
}

/**
 * What of a run is moved to the worker.
 *
 * @param {ModelRun} run
 */
export function buffersOf({ feeds }) {
    return feeds.map(({ data }) => data.buffer);
}

/**
 * Check an answer to the test picture.
 *
 * @param {ModelEntry} entry
 * @param {ModelOutput} answer
 * @returns {number}  Overlap of the matte with the ball: intersection over union, in [0, 1].
 * @throws {import('../messages/failure.js').OffcutError}  MODEL_UNFIT, if the answer is no
 *     matte as the contract says.
 */
export function judge({ id, title, input, output }, { dims, data }) {
    const { height, width } = input;
    const unfit = (/** @type {string} */ reason) =>
        offcutError('MODEL_UNFIT', 'load_model', `${id}: ${reason}`, { title, reason });
    if (dims.join() !== [1, 1, height, width].join())
        throw unfit(`${output.name}: ${dims.join(' × ')}`);
    let both = 0;
    let either = 0;
    for (let at = 0; at < height * width; at += 1) {
        const alpha = alphaOf(output, data[at]);
        if (!(alpha >= -TOLERANCE && alpha <= 1 + TOLERANCE)) {
            throw unfit(`${output.name}: ${data[at]}`);
        }
        const isBall = isInBall(
            ((at % width) + 0.5) / width,
            (Math.floor(at / width) + 0.5) / height,
        );
        both += Number(isBall && alpha >= 0.5);
        either += Number(isBall || alpha >= 0.5);
    }
    return both / either;
}

/**
 * Compare two answers to the test picture that are mattes, see `judge`.
 *
 * @param {ModelEntry} entry
 * @param {ModelOutput} one
 * @param {ModelOutput} other
 * @returns {{ mean: number, far: number, contrast: number }}  Of their difference the mean, and
 *     the value that one in a thousand exceeds; darkest to lightest of `other`. All in [0, 1].
 */
export function compare({ output }, one, other) {
    const mattes = [one, other].map(({ data }) => data.map((raw) => alphaOf(output, raw)));
    const [first = new Float32Array(), second = new Float32Array()] = mattes;
    const differences = first.map((alpha, at) => Math.abs(alpha - (second[at] ?? 0))).sort();
    const sum = differences.reduce((total, each) => total + each, 0);
    const [low, high] = second.reduce(
        ([lowest, highest], alpha) => [Math.min(lowest, alpha), Math.max(highest, alpha)],
        [1, 0],
    );
    return {
        mean: sum / differences.length,
        far: differences[Math.floor(0.999 * differences.length)] ?? 0,
        contrast: high - low,
    };
}

/**
 * @param {ModelEntry['output']} output
 * @param {number | undefined} raw
 */
function alphaOf({ activation }, raw = Number.NaN) {
    return activation === 'sigmoid' ? 1 / (1 + Math.exp(-raw)) : raw;
}

/**
 * @param {number} x  Share of the width.
 * @param {number} y  Share of the height.
 */
function isInBall(x, y) {
    return Math.hypot(x - BALL.x, y - BALL.y) <= BALL.radius;
}

/**
 * @param {number} width
 * @param {number} height
 * @returns {ImageData}
 */
function draw(width, height) {
    const context = new OffscreenCanvas(width, height).getContext('2d');
    if (!context) throw new RangeError(`no canvas of ${width} x ${height}`);
    context.scale(width, height); // in shares of the picture from here on
    const wall = context.createLinearGradient(0, 0, 0, 1);
    wall.addColorStop(0, '#dfe6e9');
    wall.addColorStop(0.7, '#c9d3d8');
    wall.addColorStop(0.7, '#a8917a');
    wall.addColorStop(1, '#8d7761');
    context.fillStyle = wall;
    context.fillRect(0, 0, 1, 1);
    const light = context.createRadialGradient(0.42, 0.42, 0.02, BALL.x, BALL.y, BALL.radius);
    light.addColorStop(0, '#ff8a70');
    light.addColorStop(0.6, '#d62f1c');
    light.addColorStop(1, '#7c150b');
    context.fillStyle = light;
    context.beginPath();
    context.arc(BALL.x, BALL.y, BALL.radius, 0, 2 * Math.PI);
    context.fill();
    return context.getImageData(0, 0, width, height);
}
