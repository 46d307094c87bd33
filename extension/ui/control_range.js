/**
 * @file From where to where a control goes that sets an option.
 *
 * Decides: the limits and steps of sliders where they are narrower than the option's own.
 */

import { OPTIONS } from '../messages/facts.js';

/** @typedef {keyof typeof OPTIONS} OptionName */

/**
 * What is of use, where the option itself has no range or a wider one: per cent, or pixels.
 *
 * @type {Readonly<Partial<Record<OptionName, { min: number, max: number }>>>}
 */
const OF_USE = Object.freeze({
    feather: { min: 0, max: 50 },
    outline: { min: 0, max: 15 },
    margin: { min: 0, max: 100 },
    position: { min: 0, max: 100 },
    shadow_offset: { min: -30, max: 30 },
    shadow_cast: { min: -100, max: 100 },
    shadow_blur: { min: 0, max: 30 },
});

/**
 * @param {OptionName} name
 * @param {number} step
 * @returns {{ min: string, max: string, step: string }}  As attributes; of a share in per cent.
 */
export function controlRange(name, step) {
    /** @type {{ default: unknown, min?: number, max?: number, unit?: string }} */
    const option = OPTIONS[name];
    const { min = 0, max = 100 } = { ...option, ...OF_USE[name] };
    const by = option.unit === 'share' ? 100 : 1;
    // A range that begins above 0 begins at the first step.
    const first = Math.ceil((min * by) / step) * step;
    return { min: String(first), max: String(max * by), step: String(step) };
}
