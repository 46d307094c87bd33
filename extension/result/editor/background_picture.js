/**
 * @file A picture of the user's own behind the subject: chosen, or dropped on the stage.
 */

import { byId } from '../../ui/dom.js';
import { showThumbnail } from '../../ui/thumbnail.js';

export class BackgroundPictures {
    /** @type {Map<string, Blob>} What the engine has, by its id. */
    #known = new Map();
    #shown = '';
    #thumbnail = byId('background-thumbnail', HTMLImageElement);

    /**
     * @param {(blob: Blob) => void} onChosen
     */
    constructor(onChosen) {
        const file = byId('background-file', HTMLInputElement);
        byId('choose-background', HTMLButtonElement).addEventListener('click', () => file.click());
        file.addEventListener('change', () => {
            const [chosen] = file.files ?? [];
            file.value = ''; // so that the same file can be chosen once more
            if (chosen) onChosen(chosen);
        });
        // Dropped elsewhere, the browser would leave this page for the file.
        document.addEventListener('dragover', (event) => {
            if (!hasFile(event)) return;
            event.preventDefault();
            if (event.dataTransfer) event.dataTransfer.dropEffect = 'copy';
        });
        document.addEventListener('drop', (event) => {
            if (!hasFile(event)) return;
            event.preventDefault();
            const [dropped] = event.dataTransfer?.files ?? [];
            if (dropped) onChosen(dropped);
        });
    }

    /**
     * @param {string} id
     * @param {Blob} blob  That the engine has taken.
     */
    add(id, blob) {
        this.#known.set(id, blob);
    }

    /**
     * The small copy of the picture that is used.
     *
     * @param {string} id
     */
    show(id) {
        const blob = this.#known.get(id);
        if (id !== this.#shown && blob) showThumbnail(this.#thumbnail, blob);
        if (!blob) this.#thumbnail.hidden = true;
        this.#shown = blob ? id : '';
    }
}

/**
 * Whether a file is dragged from outside; not the cutout of this page.
 *
 * @param {DragEvent} event
 */
function hasFile({ dataTransfer }) {
    const types = dataTransfer?.types ?? [];
    return types.includes('Files') && !types.includes('text/x-offcut');
}
