/**
 * @file The part above the list: how far the batch is, and which buttons are of use.
 *
 * Decides: which counts are told (their words: `_locales/`), the total bar, which of the buttons
 * show, the page's state (running, paused, done, saved), how often a screen reader is told.
 */

import { byId } from '../ui/dom.js';
import { text } from '../ui/i18n.js';
import { showFilter } from './filter.js';
import { isAllSaved, isUnfinished, mayRetry, needsRight } from './item.js';

/** Screen readers are told of progress at most this often. */
const SPEAK_EVERY_MS = 10_000;
let spokenAt = 0;

/** @param {import('./queue.js').Queue} queue */
export function showOverview(queue) {
    const { items, isPaused } = queue;
    const made = queue.count('done');
    // What a person has still to allow has not failed.
    const failed = items.filter((item) => item.state === 'failed' && !needsRight(item)).length;
    const open = items.filter(isUnfinished).length;
    const cancelled = queue.count('cancelled');
    const counts = tell(made, items.length, failed, cancelled);
    byId('counts', HTMLElement).textContent = counts;
    const over = items.length - open - cancelled;
    byId('overall', HTMLProgressElement).value = items.length ? over / items.length : 0;
    const again = failed > 0 ? 'batch_retry_all' : 'batch_retry_cancelled';
    byId('retry-all', HTMLElement).textContent = text(again);
    byId('overview', HTMLElement).hidden = items.length === 0;
    showFilter(items);
    const canSave = items.some(({ state, freed }) => state === 'done' && !freed);
    /** @type {Record<string, boolean>} */
    const shown = {
        pause: open > 0 && !isPaused,
        resume: open > 0 && isPaused,
        'cancel-all': open > 0,
        'retry-all': items.some(mayRetry),
        'into-folder': 'showDirectoryPicker' in globalThis && (open > 0 || canSave),
    };
    // It keeps its place, so that no other button moves under the pointer.
    byId('save-zip', HTMLButtonElement).disabled = !canSave;
    for (const [id, isShown] of Object.entries(shown)) byId(id, HTMLElement).hidden = !isShown;
    const former = document.documentElement.dataset.state;
    const state = stateOf(items, open, isPaused);
    document.documentElement.dataset.state = state;
    // What was said of a saved batch does not hold for another one.
    const isAnother = former === 'saved' && state !== 'saved';
    if (isAnother || state === 'empty') byId('said', HTMLElement).textContent = '';
    if (items.length > 0) speakProgress(counts, former !== state && state === 'done');
}

/**
 * @param {number} made
 * @param {number} all
 * @param {number} failed
 * @param {number} cancelled
 */
function tell(made, all, failed, cancelled) {
    if (failed > 0 && cancelled > 0) return text('batch_counts_both', made, all, failed, cancelled);
    if (cancelled > 0) return text('batch_counts_cancelled', made, all, cancelled);
    return failed > 0
        ? text('batch_counts', made, all, failed)
        : text('batch_counts_good', made, all);
}

/**
 * @param {readonly import('./item.js').Item[]} items
 * @param {number} open
 * @param {boolean} isPaused
 */
function stateOf(items, open, isPaused) {
    if (items.length === 0) return 'empty';
    if (open > 0) return isPaused ? 'paused' : 'running';
    return isAllSaved(items) ? 'saved' : 'done';
}

/**
 * For screen readers only: everybody else sees the counts.
 *
 * @param {string} counts
 * @param {boolean} isOver
 */
function speakProgress(counts, isOver) {
    if (!isOver && Date.now() - spokenAt < SPEAK_EVERY_MS) return;
    spokenAt = Date.now();
    byId('spoken', HTMLElement).textContent = isOver ? text('batch_over', counts) : counts;
}
