/**
 * @file Other pictures that are chosen, pasted or dropped in the page of a job: each gets a page of its
 * own, so that this one stays as it is.
 *
 * Decides: that a file over the open editor has two places to be dropped, a new picture and a background
 * (editor/background_picture.js), what is said of a picture that has got a page, and that the page's own
 * pictures are none.
 */

import { request } from '../messages/request.js';
import { byId } from '../ui/dom.js';
import { text } from '../ui/i18n.js';
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
    wireChooser(take);
    const places = byId('drop-places', HTMLElement);
    let isOurs = false;
    document.addEventListener('dragstart', () => {
        isOurs = true;
    });
    document.addEventListener('dragend', () => {
        isOurs = false;
    });
    document.addEventListener('dragover', (event) => {
        if (isOurs) return;
        event.preventDefault(); // else the browser would leave this page for what is dropped
        places.hidden = !(isEditing() && event.dataTransfer?.types.includes('Files'));
    });
    document.addEventListener('dragleave', (event) => {
        if (!event.relatedTarget) places.hidden = true;
    });
    // While something is dragged the pointer is silent: now it is not.
    document.addEventListener('pointermove', () => {
        places.hidden = true;
    });
    document.addEventListener('drop', (event) => {
        const asked = !places.hidden;
        places.hidden = true;
        if (isOurs) return;
        event.preventDefault();
        const isBackground = byId('drop-background', HTMLElement).contains(nodeOf(event.target));
        // Nobody else hears of a new picture: the editor takes every file for a background.
        if (asked && isBackground) return;
        event.stopImmediatePropagation();
        take(readTransfer(event.dataTransfer));
    });
}

/** @param {(input: PictureInput) => unknown} take */
function wireChooser(take) {
    const field = byId('new-file', HTMLInputElement);
    byId('new-picture', HTMLButtonElement).addEventListener('click', () => field.click());
    field.addEventListener('change', () => {
        take({ files: Array.from(field.files ?? []) });
        field.value = ''; // so that the same file may be chosen again
    });
}

/** @param {EventTarget | null} target */
function nodeOf(target) {
    return target instanceof Node ? target : null;
}

/**
 * @param {PictureInput} input
 * @param {(sentence: string) => void} say
 */
async function show(input, say) {
    const { jobIds, sentence } = await takePictures(input, false);
    say(sentence);
    for (const jobId of jobIds) await request('background', 'result.open', { jobId });
    if (jobIds.length > 0 && !sentence) whenSeen(() => say(text('result_own_tab')));
}

/**
 * The new tab is in front: what is said here is for the way back.
 *
 * @param {() => void} act
 */
function whenSeen(act) {
    if (document.visibilityState === 'visible') act();
    else document.addEventListener('visibilitychange', act, { once: true });
}
