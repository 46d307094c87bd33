/**
 * @file The small picture of a job in the popup, and what of the job comes to the list only once.
 *
 * Decides: that it is the original, then the cut-out, and what a person has made of that in the editor;
 * the original again where that is a file with layers.
 */

import { hasLayers } from '../settings/file_formats.js';
import { make } from '../ui/dom.js';
import { showThumbnail } from '../ui/thumbnail.js';
import { editedCutout } from './edited_cutout.js';

/** @typedef {import('../messages/job_types.js').JobSnapshot} JobSnapshot */

export class RowPicture {
    image = make('img', { alt: '', hidden: true });
    /** @type {Blob | undefined} */
    #picture;
    /** @type {JobSnapshot['edit']} */
    #edit;
    /** @type {unknown} What the small picture is of: a blob, or an edit. */
    #shown;
    /** @type {Promise<void>} One after the other: the newest is the last to be shown. */
    #showing = Promise.resolve();

    /**
     * Add to a snapshot what an earlier one has brought.
     *
     * @param {JobSnapshot} snapshot
     * @returns {JobSnapshot}
     */
    complete(snapshot) {
        this.#picture = snapshot.picture ?? this.#picture;
        this.#edit = snapshot.edit ?? this.#edit;
        const picture = this.#picture && { picture: this.#picture };
        const edit = this.#edit && { edit: this.#edit };
        return { ...snapshot, ...picture, ...edit };
    }

    /** @param {JobSnapshot} snapshot  Complete. */
    show(snapshot) {
        const { picture, cutout, edit } = snapshot;
        if (cutout && edit) this.#showOnce(edit, () => editedPicture(snapshot));
        else if (cutout && !hasLayers(cutout.blob.type)) {
            this.#showOnce('cutout', () => cutout.blob);
        } else if (picture) this.#showOnce(picture, () => picture);
    }

    free() {
        URL.revokeObjectURL(this.image.src);
    }

    /**
     * @param {unknown} what
     * @param {() => Blob | null | Promise<Blob | null>} read
     */
    #showOnce(what, read) {
        if (this.#shown === what) return;
        this.#shown = what;
        this.#showing = this.#showing.then(async () => {
            const blob = await read();
            if (blob && this.#shown === what) await showThumbnail(this.image, blob);
        });
    }
}

/** @param {JobSnapshot} snapshot */
async function editedPicture(snapshot) {
    const edited = (await editedCutout(snapshot)) ?? snapshot.cutout;
    const blob = edited?.blob;
    return (blob && hasLayers(blob.type) ? snapshot.picture : blob) ?? null;
}
