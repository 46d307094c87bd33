/**
 * @file What the stage says beside the picture: that it works, and that something went wrong.
 */

import { toFailure } from '../../messages/failure.js';
import { byId } from '../../ui/dom.js';
import { failureText } from '../../ui/failure_text.js';
import { text } from '../../ui/i18n.js';
import { currentStage, overallProgress } from '../../ui/progress.js';

/** Work that is over before nobody has to wait for. */
const PATIENCE_MS = 300;

export class Status {
    #busy = byId('busy', HTMLElement);
    #trouble = byId('trouble', HTMLElement);
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    #timer;

    /** @param {() => void} onRetry */
    constructor(onRetry) {
        byId('trouble-retry', HTMLButtonElement).addEventListener('click', () => {
            this.#trouble.hidden = true;
            onRetry();
        });
    }

    /** The engine is at work for the newest edit. */
    working() {
        this.#timer ??= setTimeout(() => {
            this.#busy.hidden = false;
        }, PATIENCE_MS);
    }

    /** The newest edit is shown. */
    rest() {
        clearTimeout(this.#timer);
        this.#timer = undefined;
        this.#busy.hidden = true;
        this.#trouble.hidden = true;
    }

    /**
     * The former picture stays.
     *
     * @param {unknown} error
     * @returns {string}  What went wrong and what to do.
     */
    failed(error) {
        this.rest();
        const { code, detail } = toFailure(error, 'edit');
        const sentence = text('edit_failed', failureText(code, detail));
        byId('trouble-text', HTMLElement).textContent = sentence;
        this.#trouble.hidden = false;
        return sentence;
    }

    /**
     * How far the engine is, if it has to find the subject anew.
     *
     * @param {import('../../messages/job_types.js').StageFractions} stages
     */
    progress(stages) {
        const done = overallProgress(stages);
        const isOver = done > 0.999;
        const bar = byId('busy-progress', HTMLProgressElement);
        if (isOver) bar.removeAttribute('value');
        else bar.value = done;
        byId('busy-text', HTMLElement).textContent = isOver
            ? text('edit_working')
            : text(`stage_${currentStage(stages)}`);
    }
}
