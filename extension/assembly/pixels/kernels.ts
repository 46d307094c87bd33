/**
 * @file The pixel kernels, in Python's own memory, where numpy has no SIMD.
 *
 * py/offcut/kernels/wasm_kernels.py calls them. Each does, in the same order of the same
 * operations, what numpy does in py/offcut/kernels/numpy_*.py; a test compares the bits. The
 * module must keep nothing in memory.
 */

export { blurAcross, blurDown } from './blur';
export { clearPixels } from './clear';
export { sweepDistances } from './distance';
export { evaluateFit } from './fit';
export { paintCutout } from './paint';
export { applyFit, multiplyPlanes, solveFit, steepenFit, trustFit } from './ramp';
export { rangeAcross, rangeDown } from './range';
export { relaxColors, takeKnownColors } from './relax';
export { packColors, stretchAcross, stretchDown } from './stretch';
export { unmixColors } from './unmix';
