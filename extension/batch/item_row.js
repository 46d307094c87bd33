/**
 * @file One picture of the batch as a row, or large beside its original: thumbnail, state and buttons.
 *
 * Decides: which button shows in which state, the line about size, waiting, failure, "not sure" or
 * "saved", the bar, what a screen reader hears, how megabytes are rounded.
 */

import { formatOf } from '../settings/file_formats.js';
import { make } from '../ui/dom.js';
import { failureText } from '../ui/failure_text.js';
import { formatNumber, text } from '../ui/i18n.js';
import { overallProgress } from '../ui/progress.js';
import { stageText } from '../ui/stage_text.js';
import { filtersOf } from './filter.js';
import { canEdit, mayRetry, needsRight, resultOf } from './item.js';
import { pathOf } from './sorting.js';

/** @typedef {import('./item.js').Item} Item */
/** @typedef {'download' | 'open' | 'undo' | 'redo' | 'allow' | 'retry' | 'up' | 'down' | 'cancel' | 'remove'} Action */

/** @type {readonly Action[]} */
const ACTIONS = [
    'download',
    'open',
    'undo',
    'redo',
    'allow',
    'retry',
    'up',
    'down',
    'cancel',
    'remove',
];

/** @type {Record<Action, (item: Item) => boolean>} Whether its button is shown. */
const IS_OFFERED = {
    download: ({ state, freed }) => state === 'done' && !freed,
    open: canEdit,
    undo: ({ state, edit }) => Boolean(edit) && !isAtWork(state),
    redo: ({ state, undone }) => Boolean(undone) && !isAtWork(state),
    allow: needsRight,
    retry: (item) => mayRetry(item) && !needsRight(item),
    up: ({ state }) => state === 'waiting',
    down: ({ state }) => state === 'waiting',
    cancel: ({ state }) => isAtWork(state),
    remove: ({ state }) => !isAtWork(state),
};

export class ItemRow {
    element = make('li', { className: 'item' });
    image = make('img', { alt: '', hidden: true });
    /** The picture before, which only the large view shows. */
    original = make('img', { alt: '', hidden: true });
    #what = make('p', { className: 'what' });
    #progress = make('progress', { max: 1, value: 0 });
    /** @type {Map<Action, HTMLButtonElement>} */
    #buttons = new Map();

    /**
     * @param {Item} item
     * @param {(action: Action) => unknown} onAction
     */
    constructor(item, onAction) {
        const path = pathOf(item);
        const buttons = make('div', { className: 'buttons' });
        for (const action of ACTIONS) {
            const words = text(`batch_${action}`, hostOf(item));
            const button = make('button', { type: 'button', textContent: words });
            button.dataset.act = action;
            button.setAttribute('aria-label', text(`batch_label_${action}`, path));
            button.addEventListener('click', () => onAction(action));
            this.#buttons.set(action, button);
            buttons.append(button);
        }
        this.#progress.setAttribute('aria-label', text('popup_progress', path));
        this.element.dataset.item = item.id;
        this.element.append(
            make(
                'figure',
                { className: 'before' },
                make('div', { className: 'thumbnail' }, this.original),
                make('figcaption', { textContent: text('batch_before') }),
            ),
            make(
                'figure',
                {},
                make('div', { className: 'thumbnail checkerboard' }, this.image),
                make('figcaption', { textContent: text('batch_after') }),
            ),
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
        this.element.dataset.filters = filtersOf(item);
        this.element.toggleAttribute('data-asks', needsRight(item));
        this.#buttons.get('allow')?.classList.toggle('primary', needsRight(item));
        this.#what.textContent = describeItem(item);
        this.#progress.value = 0;
        for (const [action, button] of this.#buttons) button.hidden = !IS_OFFERED[action](item);
    }

    /** @param {import('../messages/job_types.js').JobSnapshot} snapshot */
    showProgress(snapshot) {
        this.#progress.value = overallProgress(snapshot.stages);
        this.#what.textContent =
            snapshot.state === 'queued' ? text('batch_next') : stageText(snapshot);
    }

    /**
     * Put the focus on a button again, after the row has been moved.
     *
     * @param {Action} action
     */
    focus(action) {
        this.#buttons.get(action)?.focus();
    }
}

/** @param {Item['state']} state */
function isAtWork(state) {
    return state === 'waiting' || state === 'running';
}

/** @param {Item} item */
function describeItem(item) {
    const { state, failure, bytes, address } = item;
    if (state === 'waiting' && bytes === 0 && address)
        return text('batch_waiting_address', hostOf(item));
    if (state === 'waiting') return text('batch_waiting', megabytes(bytes));
    if (state === 'running') return text('batch_next');
    if (state === 'cancelled') return text('batch_cancelled');
    if (state === 'failed') return rowFailureText(failure);
    const result = resultOf(item);
    const facts = result
        ? [text('batch_made', result.width, result.height, megabytes(result.bytes))]
        : [];
    return [...facts, ...notesOn(item)].join(' · ');
}

/**
 * A row names only what its own buttons can do.
 *
 * @param {Item['failure']} failure
 */
function rowFailureText(failure) {
    const { code = 'INTERNAL', detail } = failure ?? {};
    if (code !== 'NO_SUBJECT') return failureText(code, detail);
    if (!detail?.small) return text('batch_no_subject');
    return text('batch_too_small', detail.width ?? '?', detail.height ?? '?');
}

/** @param {Item} item  That is done. */
function notesOn(item) {
    const { edit, editDue, saved, inFolder } = item;
    const notes = [];
    const { frames = 1, mediaType = '' } = resultOf(item) ?? {};
    if (frames > 1) notes.push(text('batch_frames', frames, formatOf(mediaType)));
    if (resultOf(item)?.isUnsure) notes.push(text('batch_unsure'));
    const unmet = resultOf(item)?.unmet ?? [];
    if (unmet.length > 0) {
        const names = unmet.map((name) => text(`unmet_${name}`));
        notes.push(text('batch_unmet', names.join(', ')));
    }
    if (editDue) notes.push(text('batch_being_edited'));
    else if (edit) notes.push(text('batch_edited'));
    if (inFolder) notes.push(text('batch_in_folder'));
    else if (saved) notes.push(text('batch_saved'));
    return notes;
}

/** @param {Item} item */
function hostOf({ address }) {
    return address ? new URL(address).host : '';
}

/** @param {number} bytes */
function megabytes(bytes) {
    return formatNumber(Math.max(bytes, 50_000) / 1e6);
}
