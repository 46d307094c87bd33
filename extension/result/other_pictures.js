/**
 * @file Other pictures that are pasted or dropped into the page of a job: each gets a page of its
 * own, so that this one stays as it is.
 *
 * Decides: that a file dropped on the open editor is a background (editor/background_picture.js), and
 * that the page's own pictures are none.
 */

import { request } from '../messages/request.js';
import { readTransfer, wirePaste } from '../ui/picture_transfer.js';
import { takePictures } from '../ui/take_pictures.js';

/** @typedef {import('../ui/picture_transfer.js').PictureInput} PictureInput */

/**
 * @param {() => boolean} isEditing
 * @param {(act: () => unknown) => unknown} attempt  Does something, and tells if it fails.
 * @param {(sentence: string) => void} say
 */
export function wireOtherPictures(isEditing, attempt, say) {
    const take = (/** @type {PictureInput} */ input) => attempt(() => show(input, say));
    wirePaste(take);
    let isOurs = false;
    document.addEventListener('dragstart', () => {
        isOurs = true;
    });
    document.addEventListener('dragend', () => {
        isOurs = false;
    });
    const isTaken = (/** @type {DragEvent} */ { dataTransfer }) =>
        !isOurs && !(isEditing() && dataTransfer?.types.includes('Files'));
    document.addEventListener('dragover', (event) => {
        if (isTaken(event)) event.preventDefault();
    });
    document.addEventListener('drop', (event) => {
        if (!isTaken(event)) return;
        event.preventDefault(); // else the browser would leave this page for what was dropped
        take(readTransfer(event.dataTransfer));
    });
}

/**
 * @param {PictureInput} input
 * @param {(sentence: string) => void} say
 */
async function show(input, say) {
    const { jobIds, sentence } = await takePictures(input);
    say(sentence);
    for (const jobId of jobIds) await request('background', 'result.open', { jobId });
}
