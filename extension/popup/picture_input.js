/**
 * @file What the user drops or pastes into the popup. Chosen files come by choosing.js. What that
 * counts as: ui/picture_transfer.js; what becomes of the files: background/start_files.js.
 */

import { byId } from '../ui/dom.js';
import { readTransfer, wirePaste } from '../ui/picture_transfer.js';

/** @param {(input: import('../ui/picture_transfer.js').PictureInput) => void} onInput */
export function wirePictureInput(onInput) {
    const dropZone = byId('drop-zone', HTMLElement);
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
