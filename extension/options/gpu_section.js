/**
 * @file Settings: whether models may run on the graphics card, and where each model runs and why.
 *
 * Decides: the sentence for each outcome of a test. Whether a model runs there is decided in
 * engine/gpu.js.
 */

import { byId } from '../ui/dom.js';
import { formatNumber, text } from '../ui/i18n.js';
import { save } from './save_setting.js';

/** @param {import('../settings/settings.js').Settings} settings */
export async function setUpGpu({ webgpu }) {
    const box = byId('webgpu', HTMLInputElement);
    box.addEventListener('change', () => save({ webgpu: box.checked }));
    const hint = byId('webgpu-hint', HTMLElement);
    hint.textContent = text('models_gpu_hint');
    const isThere = await hasGpu();
    // The setting stays as it is: the next browser may have a graphics card.
    box.disabled = !isThere;
    box.checked = isThere && webgpu;
    if (!isThere) hint.textContent = text('models_gpu_none');
}

async function hasGpu() {
    try {
        return Boolean(await navigator.gpu?.requestAdapter());
    } catch {
        return false;
    }
}

/**
 * Where a model runs, as a sentence; empty if there is no choice.
 *
 * @param {import('../messages/model_types.js').ModelState} state
 */
export function describeGpu({ gpu, status }) {
    if (!gpu || status !== 'here') return '';
    const { outcome, difference = 0, gpuMs = 0, wasmMs = 0, reason } = gpu;
    if (outcome === 'failed') return text('models_gpu_failed', reason);
    if (outcome === 'differs' || outcome === 'unsteady') {
        return text(`models_gpu_${outcome}`, formatNumber(100 * difference));
    }
    const times = [gpuMs, wasmMs].map((milliseconds) => formatNumber(Math.round(milliseconds)));
    return text(`models_gpu_${outcome}`, ...times);
}
