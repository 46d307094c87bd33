/**
 * @file The user's own pictures as background: chosen as a file, or dropped on the page.
 *
 * Decides: which dropped file counts as a background and not as the page's own cut-out, its thumbnail,
 * what leads on from one that cannot be read. Which files the chooser offers: `accept` in result.html; how one is read, AVIF and
 * HEIC too: engine/edit_resources.js.
 */

import { toFailure } from '../../messages/failure.js';
import { byId } from '../../ui/dom.js';
import { mayHelpToRetry } from '../../ui/failure_text.js';
import { text } from '../../ui/i18n.js';
import { showThumbnail } from '../../ui/thumbnail.js';

export class BackgroundPictures {
    /** @type {Map<string, Blob>} Pictures that the engine has, by id. */
    #known = new Map();
    #shown = '';
    #thumbnail = byId('background-thumbnail', HTMLImageElement);
    #file = byId('background-file', HTMLInputElement);
    #onChosen;

    /**
     * @param {(blob: Blob) => void} onChosen
     */
    constructor(onChosen) {
        this.#onChosen = onChosen;
        const file = this.#file;
        byId('choose-background', HTMLButtonElement).addEventListener('click', () => file.click());
        file.addEventListener('change', () => {
            const [chosen] = file.files ?? [];
            file.value = ''; // so that the same file can be chosen once more
            if (chosen) onChosen(chosen);
        });
        // Without this, the browser would leave the page and show the dropped file.
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
     * What leads on after a failure: another picture, or the same one if it was not to blame.
     *
     * @param {unknown} error
     * @param {Blob} blob
     */
    wayOn(error, blob) {
        if (mayHelpToRetry(toFailure(error, 'edit').code)) {
            return { words: text('result_retry'), act: () => this.#onChosen(blob) };
        }
        const sentence = text('edit_bad_background');
        return { words: text('edit_choose_picture'), act: () => this.#file.click(), sentence };
    }

    /**
     * @param {string} id
     * @param {Blob} blob  The engine has it already.
     */
    add(id, blob) {
        this.#known.set(id, blob);
    }

    /**
     * Show the thumbnail of the picture in use.
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
 * Whether a file is dragged into the page; false for the page's own cut-out.
 *
 * @param {DragEvent} event
 */
function hasFile({ dataTransfer }) {
    const types = dataTransfer?.types ?? [];
    return types.includes('Files') && !types.includes('text/x-offcut');
}
