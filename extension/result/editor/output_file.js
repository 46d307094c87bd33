/**
 * @file The file that saving would give. It is made when the user pauses, so that its size can be
 * shown.
 *
 * Decides: how long a pause must be before it is made, that it is made again if it had to make way,
 * when a made file is used again, what "stale" means.
 */

import { toFailure } from '../../messages/failure.js';

/** @typedef {import('../../messages/edit_types.js').Edit} Edit */
/** @typedef {import('../../messages/job_types.js').Cutout} Cutout */
/** @typedef {'ready' | 'stale' | 'working'} Freshness */

/** Milliseconds without a change before the file is made, plus a multiple of what the last took. */
const PAUSE_MS = 1200;
const PAUSE_FACTOR = 2;

export class OutputFile {
    /** @type {{ edit: Edit, cutout: Promise<Cutout>, isIdle: boolean } | null} The last request. */
    #asked = null;
    /** @type {{ edit: Edit, cutout: Cutout } | null} */
    #made = null;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    #timer;
    /** @type {Edit | null} What the editor shows. */
    #newest = null;
    /** How long making the last file took. */
    #milliseconds = 0;
    #save;
    #onChange;

    /**
     * @param {(edit: Edit, isIdle: boolean) => Promise<Cutout>} save  If `isIdle`, it may
     *     fail because something else is more urgent.
     * @param {(freshness: Freshness, cutout: Cutout | null) => void} onChange
     */
    constructor(save, onChange) {
        this.#save = save;
        this.#onChange = onChange;
    }

    /**
     * @param {Edit} edit
     * @param {Cutout} cutout  Made from that edit already.
     */
    begin(edit, cutout) {
        this.#asked = { edit, cutout: Promise.resolve(cutout), isIdle: false };
        this.#made = { edit, cutout };
        this.#onChange('ready', cutout);
    }

    /**
     * The newest file at once, if it was made from this edit.
     *
     * @param {Edit} edit
     */
    ready(edit) {
        return this.#made && isSame(this.#made.edit, edit) ? this.#made.cutout : null;
    }

    /**
     * The user has changed something.
     *
     * @param {Edit} edit
     */
    change(edit) {
        this.#newest = edit;
        clearTimeout(this.#timer);
        const ready = this.ready(edit);
        this.#onChange(ready ? 'ready' : 'stale', ready);
        if (!ready) this.#makeLater(edit);
    }

    /** @param {Edit} edit */
    #makeLater(edit) {
        clearTimeout(this.#timer);
        const pause = PAUSE_MS + PAUSE_FACTOR * this.#milliseconds;
        this.#timer = setTimeout(() => this.#makeIdly(edit), pause);
    }

    /**
     * The file of an edit; it is made now if there is none.
     *
     * @param {Edit} edit
     * @returns {Promise<Cutout>}
     */
    get(edit) {
        clearTimeout(this.#timer);
        const asked = this.#asked;
        if (!asked || !isSame(asked.edit, edit)) return this.#request(edit, false);
        // An idle request may fail although nothing is wrong.
        return asked.isIdle ? asked.cutout.catch(() => this.#request(edit, false)) : asked.cutout;
    }

    /**
     * @param {Edit} edit
     * @param {boolean} isIdle
     * @returns {Promise<Cutout>}
     */
    #request(edit, isIdle) {
        const start = performance.now();
        const asked = { edit, cutout: this.#save(edit, isIdle), isIdle };
        this.#asked = asked;
        this.#onChange('working', null);
        asked.cutout.then(
            (cutout) => {
                this.#milliseconds = performance.now() - start;
                if (this.#asked !== asked) return;
                this.#made = { edit, cutout };
                this.#onChange('ready', cutout);
            },
            () => {
                if (this.#asked !== asked) return;
                this.#asked = null; // another try may succeed
                this.#onChange('stale', null);
            },
        );
        return asked.cutout;
    }

    /** @param {Edit} edit */
    async #makeIdly(edit) {
        if (this.#asked && isSame(this.#asked.edit, edit)) return; // it is being made
        try {
            await this.#request(edit, true);
        } catch (error) {
            // It made way for something that changed nothing, such as a pointer that hovers.
            const hasGivenWay = toFailure(error, 'edit').code === 'CANCELLED';
            if (hasGivenWay && edit === this.#newest) this.#makeLater(edit);
            // Only the size stays unknown. If saving fails too, the user is told then.
            console.warn('no size:', error);
        }
    }
}

/**
 * @param {Edit} one
 * @param {Edit} other
 */
function isSame(one, other) {
    return one === other || JSON.stringify(one) === JSON.stringify(other);
}
