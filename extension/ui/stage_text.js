/**
 * @file What a job is doing, in one line.
 *
 * Decides: that of a picture that moves the frame is named while its subject is looked for.
 */

import { text } from './i18n.js';
import { currentStage } from './progress.js';

/** The stage that goes from frame to frame. */
const BY_FRAMES = 'find_subject';

/** @param {Pick<import('../messages/job_types.js').JobSnapshot, 'stages' | 'frame'>} snapshot */
export function stageText({ stages, frame }) {
    const stage = currentStage(stages);
    return stage === BY_FRAMES ? searchText(frame) : text(`stage_${stage}`);
}

/**
 * The stage that finds the subject, whether it is under way or not.
 *
 * @param {import('../messages/job_types.js').FrameNumber} [frame]
 */
export function searchText(frame) {
    return frame ? text('stage_frame', ...frame.map(String)) : text(`stage_${BY_FRAMES}`);
}
