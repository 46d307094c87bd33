/**
 * @file The better cut-out of the quality "auto": it takes the place of the quick one that a person
 * looks at, as long as they have done nothing with that.
 *
 * Decides: what counts as having done something (an edit, a stroke that begins, a download, a copy),
 * what is said before the change and after it, and the way back.
 *
 * `data-better` of the root element: coming, shown, or none.
 */

import { byId } from '../ui/dom.js';

const root = document.documentElement;
/** What is decided sooner needs no word. */
const WORD_MS = 600;

/** @typedef {import('../messages/job_types.js').Cutout} Cutout */

/**
 * @typedef {object} Parts
 * @property {import('./editor/edit_link.js').EditLink} link
 * @property {import('./editor/editor.js').Editor} editor
 * @property {import('./job_port.js').JobPort} port
 * @property {() => void} onShown
 */

export class BetterResult {
    /** The cut-out that is shown stays. */
    #isSettled = false;
    #parts;

    /** @param {Parts} parts */
    constructor(parts) {
        this.#parts = parts;
        root.dataset.better = 'coming';
        const stage = byId('stage', HTMLElement);
        stage.addEventListener('pointerdown', () => {
            if (stage.dataset.tool !== 'hand') this.settle();
        });
        // The browser's own menu copies or saves the picture, and tells nobody.
        for (const use of ['dragstart', 'contextmenu']) {
            byId('cutout', HTMLElement).addEventListener(use, () => this.settle());
        }
        byId('better-back', HTMLElement).addEventListener('click', () => {
            parts.editor.change({ quality: 'fast' });
            byId('view', HTMLElement).focus(); // the focus shall not fall out of the editor
        });
        for (const id of ['better-keep', 'better-close']) {
            byId(id, HTMLElement).addEventListener('click', () => {
                this.settle();
                byId('view', HTMLElement).focus();
            });
        }
    }

    /** Ask for it, once the quick one is there to be seen. */
    async ask() {
        const { link } = this.#parts;
        const word = setTimeout(() => this.#announce(), WORD_MS);
        // Whatever went wrong with it, the quick one is there.
        const { better } = await link.ask('edit.better', {}).catch(() => ({ better: null }));
        clearTimeout(word);
        if (better && !this.#isSettled) this.#show(better);
        else this.#decide('none');
    }

    #announce() {
        byId('better', HTMLElement).hidden = this.#isSettled;
    }

    /** @param {'shown' | 'none'} state */
    #decide(state) {
        root.dataset.better = state;
        byId('better', HTMLElement).hidden = state === 'none';
    }

    /** The shown cut-out is used or edited: it stays. */
    settle() {
        byId('better', HTMLElement).hidden = true;
        if (this.#isSettled) return;
        this.#isSettled = true;
        this.#parts.port.post({ type: 'job.settle' });
    }

    /** @param {Cutout} better */
    #show(better) {
        const { editor, onShown } = this.#parts;
        this.#isSettled = true;
        editor.replaceFirst({ quality: 'best' }, better);
        onShown();
        this.#decide('shown');
    }
}
