/**
 * @file Loops over all pixels of a picture, in Python's own memory, where numpy has no SIMD.
 *
 * Each does, in the same order of the same operations, what a function in py/offcut does where
 * this module is not at hand; see py/offcut/kernels/pixel_loops.py. It must keep nothing in memory.
 */

export { blurAcross, blurDown } from './blur';
export { clearPixels } from './clear';
export { sweepDistances } from './distance';
export { evaluateFit } from './fit';
export { paintCutout } from './paint';
export { fittedAlpha, multiplyPlanes, solveFit, steepenFit, trustFit } from './ramp';
export { rangeAcross, rangeDown } from './range';
export { relaxColors, takeKnownColors } from './relax';
export { packColors, stretchAcross, stretchDown } from './stretch';
export { unmixColors } from './unmix';
