/**
 * @file What a row of the popup says of a job, and which of its buttons are of use.
 *
 * Decides: which buttons show in which state, the line about stage, size or failure, that a right which
 * is still to be given is no failure, what a screen reader hears.
 */

import { failureText, mayHelpToRetry } from '../ui/failure_text.js';
import { text } from '../ui/i18n.js';
import { stageText } from '../ui/stage_text.js';

/** @typedef {import('../messages/job_types.js').JobSnapshot} JobSnapshot */
/** @typedef {import('./job_actions.js').Action} Action */

/**
 * Which buttons are of use for a job.
 *
 * @param {JobSnapshot} snapshot
 * @returns {Record<Action, boolean>}
 */
export function offeredActions(snapshot) {
    const { state, failure, address, picture } = snapshot;
    const code = failure?.code ?? '';
    const isDone = state === 'done';
    const isLost = state === 'failed' || state === 'cancelled';
    const asks = needsRight(snapshot);
    const hasSource = picture !== undefined || address !== undefined;
    return {
        download: isDone,
        copy: isDone,
        open: true,
        allow: asks,
        retry: isLost && !asks && hasSource && mayHelpToRetry(code),
        cancel: isWorking(snapshot),
        remove: !isWorking(snapshot),
    };
}

/** @param {JobSnapshot} snapshot */
export function isWorking({ state }) {
    return state === 'running' || state === 'queued';
}

/** @param {JobSnapshot} snapshot */
export function needsRight({ failure }) {
    return failure?.code === 'PERMISSION_NEEDED';
}

/** @param {JobSnapshot} snapshot */
export function spoken(snapshot) {
    if (needsRight(snapshot)) return describeJob(snapshot, false);
    return text(`popup_said_${snapshot.state}`, snapshot.name);
}

/**
 * @param {JobSnapshot} snapshot
 * @param {boolean} isRefused
 */
export function describeJob(snapshot, isRefused) {
    const { state, ahead, cutout, edited, failure } = snapshot;
    if (state === 'queued') return text('result_queued', ahead);
    if (state === 'running') return stageText(snapshot);
    const { width = 0, height = 0, frames = 1 } = edited ?? cutout ?? {};
    if (state === 'done' && frames > 1) return text('popup_moving_facts', width, height, frames);
    if (state === 'done') return text('popup_facts', width, height);
    if (state === 'cancelled') return text('failure_CANCELLED');
    const code = isRefused ? 'PERMISSION_REFUSED' : (failure?.code ?? 'INTERNAL');
    return failureText(code, failure?.detail);
}
