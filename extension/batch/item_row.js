/**
 * @file One picture of the batch as a row: thumbnail, state, and what can be done with it.
 */

import { make } from '../ui/dom.js';
import { failureText, mayHelpToRetry } from '../ui/failure_text.js';
import { formatNumber, text } from '../ui/i18n.js';
import { currentStage, overallProgress } from '../ui/progress.js';
import { pathOf } from './queue.js';

/** @typedef {import('./item.js').Item} Item */
/** @typedef {'download' | 'open' | 'retry' | 'up' | 'down' | 'cancel' | 'remove'} Act */

/** @type {readonly Act[]} */
const ACTS = ['download', 'open', 'retry', 'up', 'down', 'cancel', 'remove'];

/** @type {Record<Act, (item: Item) => boolean>} When each makes sense. */
const SUITS = {
    download: ({ state, erased }) => state === 'done' && !erased,
    open: ({ state, erased }) => state !== 'running' && !erased,
    retry: ({ state, failure }) =>
        state === 'cancelled' || (state === 'failed' && mayHelpToRetry(failure?.code ?? '')),
    up: ({ state }) => state === 'waiting',
    down: ({ state }) => state === 'waiting',
    cancel: ({ state }) => state === 'waiting' || state === 'running',
    remove: ({ state }) => state !== 'waiting' && state !== 'running',
};

export class ItemRow {
    element = make('li', { className: 'item' });
    image = make('img', { alt: '', hidden: true });
    #what = make('p', { className: 'what' });
    #progress = make('progress', { max: 1, value: 0 });
    /** @type {Map<Act, HTMLButtonElement>} */
    #buttons = new Map();

    /**
     * @param {Item} item
     * @param {(act: Act) => unknown} onAct
     */
    constructor(item, onAct) {
        const path = pathOf(item);
        const buttons = make('div', { className: 'buttons' });
        for (const act of ACTS) {
            const button = make('button', { type: 'button', textContent: text(`batch_${act}`) });
            button.dataset.act = act;
            button.setAttribute('aria-label', text(`batch_label_${act}`, path));
            button.addEventListener('click', () => onAct(act));
            this.#buttons.set(act, button);
            buttons.append(button);
        }
        this.#progress.setAttribute('aria-label', text('popup_progress', path));
        this.element.dataset.item = item.id;
        this.element.append(
            make('div', { className: 'thumbnail checkerboard' }, this.image),
            make(
                'div',
                {},
                make('p', { className: 'name', dir: 'auto', textContent: path }),
                this.#what,
                this.#progress,
            ),
            buttons,
        );
    }

    /** @param {Item} item */
    show(item) {
        this.element.dataset.state = item.state;
        this.#what.textContent = describe(item);
        this.#progress.value = 0;
        for (const [act, button] of this.#buttons) button.hidden = !SUITS[act](item);
    }

    /** @param {import('../messages/job_types.js').JobSnapshot} snapshot */
    showProgress({ state, stages }) {
        this.#progress.value = overallProgress(stages);
        this.#what.textContent =
            state === 'queued' ? text('batch_next') : text(`stage_${currentStage(stages)}`);
    }

    /**
     * Put the focus on a button again, after the row has been moved.
     *
     * @param {Act} act
     */
    focus(act) {
        this.#buttons.get(act)?.focus();
    }
}

/** @param {Item} item */
function describe({ state, failure, made, bytes, saved, erased }) {
    if (state === 'waiting') return text('batch_waiting', megabytes(bytes));
    if (state === 'running') return text('batch_next');
    if (state === 'cancelled') return text('batch_cancelled');
    if (state === 'failed') return failureText(failure?.code ?? 'INTERNAL', failure?.detail);
    const facts = text(
        'batch_made',
        made?.width ?? 0,
        made?.height ?? 0,
        megabytes(made?.bytes ?? 0),
    );
    if (erased) return `${facts} ${text('batch_in_folder')}`;
    return saved ? `${facts} ${text('batch_saved')}` : facts;
}

/** @param {number} bytes */
function megabytes(bytes) {
    return formatNumber(Math.max(bytes, 50_000) / 1e6);
}
