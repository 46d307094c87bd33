/**
 * @file What the user drops into the popup, chooses or pastes there. What that counts as:
 * ui/picture_transfer.js; what becomes of the files: background/start_files.js.
 */

import { byId } from '../ui/dom.js';
import { readTransfer, wirePaste } from '../ui/picture_transfer.js';

/** @param {(input: import('../ui/picture_transfer.js').PictureInput) => void} onInput */
export function wirePictureInput(onInput) {
    const dropZone = byId('drop-zone', HTMLElement);
    const fileInput = byId('file-input', HTMLInputElement);
    byId('choose', HTMLButtonElement).addEventListener('click', () => fileInput.click());
    fileInput.addEventListener('change', () => {
        onInput({ files: Array.from(fileInput.files ?? []) });
        fileInput.value = ''; // so that the same file may be chosen again
    });
    document.addEventListener('dragover', (event) => {
        event.preventDefault();
        dropZone.toggleAttribute('data-over', true);
    });
    document.addEventListener('dragleave', () => dropZone.toggleAttribute('data-over', false));
    document.addEventListener('drop', (event) => {
        event.preventDefault();
        dropZone.toggleAttribute('data-over', false);
        onInput(readTransfer(event.dataTransfer));
    });
    wirePaste(onInput);
}
