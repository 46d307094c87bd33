/**
 * @file Messages over the stage: that the engine works, and that something failed.
 *
 * Decides: after how long "working" is shown, the sentence of a failed edit, its button.
 */

import { toFailure } from '../../messages/failure.js';
import { byId } from '../../ui/dom.js';
import { failureText } from '../../ui/failure_text.js';
import { text } from '../../ui/i18n.js';
import { currentStage, overallProgress } from '../../ui/progress.js';

/** Work that takes less than this is not shown. */
const SHOW_AFTER_MS = 300;

export class Status {
    #busy = byId('busy', HTMLElement);
    #trouble = byId('trouble', HTMLElement);
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    #timer;
    #button = byId('trouble-retry', HTMLButtonElement);
    #onRetry;
    #retry;

    /** @param {() => void} onRetry */
    constructor(onRetry) {
        this.#onRetry = onRetry;
        this.#retry = onRetry;
        this.#button.addEventListener('click', () => {
            this.#trouble.hidden = true;
            this.#retry();
        });
    }

    /** The engine is at work for the newest edit. */
    showBusy() {
        this.#timer ??= setTimeout(() => {
            this.#busy.hidden = false;
        }, SHOW_AFTER_MS);
    }

    /** The newest edit is shown. */
    clear() {
        clearTimeout(this.#timer);
        this.#timer = undefined;
        this.#busy.hidden = true;
        this.#trouble.hidden = true;
    }

    /**
     * Show that an edit failed, and what to do; the former picture stays.
     *
     * @param {unknown} error
     * @param {{ words: string, act: () => void, sentence?: string }} [way]  What leads on, if not
     *     another try, and what is said of it.
     */
    showFailure(error, way) {
        this.clear();
        const { code, detail } = toFailure(error, 'edit');
        this.#retry = way?.act ?? this.#onRetry;
        this.#button.textContent = way?.words ?? text('result_retry');
        const sentence = way?.sentence ?? text('edit_failed', failureText(code, detail));
        byId('trouble-text', HTMLElement).textContent = sentence;
        this.#trouble.hidden = false;
    }

    /**
     * Show how far the engine is, if it has to find the subject again.
     *
     * @param {import('../../messages/job_types.js').StageFractions} stages
     */
    showProgress(stages) {
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
