/**
 * @file The file as it would be saved, made while the user rests, so that its size is known.
 */

/** @typedef {import('../../messages/edit_types.js').Edit} Edit */
/** @typedef {import('../../messages/job_types.js').Cutout} Cutout */
/** @typedef {'ready' | 'stale' | 'working'} Freshness */

/** Without a change for so long, the file is made; longer where making it takes long. */
const REST_MS = 1200;
const REST_FACTOR = 2;

export class SavedResult {
    /** @type {{ edit: Edit, cutout: Promise<Cutout>, isIdle: boolean } | null} Asked for last. */
    #asked = null;
    /** @type {{ edit: Edit, cutout: Cutout } | null} */
    #made = null;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    #timer;
    /** What the last file took. */
    #milliseconds = 0;
    #save;
    #onChange;

    /**
     * @param {(edit: Edit, isIdle: boolean) => Promise<Cutout>} save  One that `isIdle` may fail
     *     because something else goes first.
     * @param {(freshness: Freshness, cutout: Cutout | null) => void} onChange
     */
    constructor(save, onChange) {
        this.#save = save;
        this.#onChange = onChange;
    }

    /**
     * @param {Edit} edit
     * @param {Cutout} cutout  That was made of it already.
     */
    begin(edit, cutout) {
        this.#asked = { edit, cutout: Promise.resolve(cutout), isIdle: false };
        this.#made = { edit, cutout };
        this.#onChange('ready', cutout);
    }

    /**
     * The newest file, if it is the one of an edit; at once, for what cannot wait.
     *
     * @param {Edit} edit
     */
    ready(edit) {
        return this.#made && isSame(this.#made.edit, edit) ? this.#made.cutout : null;
    }

    /**
     * There is a newer edit.
     *
     * @param {Edit} edit
     */
    change(edit) {
        clearTimeout(this.#timer);
        const ready = this.ready(edit);
        this.#onChange(ready ? 'ready' : 'stale', ready);
        const rest = REST_MS + REST_FACTOR * this.#milliseconds;
        if (!ready) this.#timer = setTimeout(() => this.#rest(edit), rest);
    }

    /**
     * The file of an edit, made now if it is not there yet.
     *
     * @param {Edit} edit
     * @returns {Promise<Cutout>}
     */
    get(edit) {
        clearTimeout(this.#timer);
        const asked = this.#asked;
        if (!asked || !isSame(asked.edit, edit)) return this.#ask(edit, false);
        // What was asked for idly may fail for nothing.
        return asked.isIdle ? asked.cutout.catch(() => this.#ask(edit, false)) : asked.cutout;
    }

    /**
     * @param {Edit} edit
     * @param {boolean} isIdle
     * @returns {Promise<Cutout>}
     */
    #ask(edit, isIdle) {
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
    async #rest(edit) {
        if (this.#asked && isSame(this.#asked.edit, edit)) return; // it is on its way
        try {
            await this.#ask(edit, true);
        } catch (error) {
            // Only the size stays unknown; the user learns of it when saving.
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
