/**
 * @file Shows the progress of a job: its named stages, and its place in the queue.
 *
 * Decides: which stage counts as running, done or waiting; when a frame of what moves is named.
 */

import { byId } from '../ui/dom.js';
import { text } from '../ui/i18n.js';
import { searchText } from '../ui/stage_text.js';

/** @type {readonly import('../messages/job_types.js').StageName[]} In the order of the page. */
const STAGES = ['fetch', 'start_python', 'load_model', 'find_subject', 'refine', 'save'];

/** @type {Map<string, { item: HTMLLIElement, bar: HTMLProgressElement, label: HTMLElement }>} */
const rows = new Map();

/** @param {import('../messages/job_types.js').JobSnapshot} snapshot */
export function showStages({ state, stages, ahead, frame }) {
    const isWorking = state === 'running' || state === 'queued';
    // Of a finished job all stages stay to be seen until the editor is there.
    byId('working', HTMLElement).hidden = !isWorking && state !== 'done';
    byId('cancel', HTMLButtonElement).disabled = !isWorking;
    const queue = byId('queue', HTMLElement);
    queue.hidden = state !== 'queued';
    queue.textContent = text('result_queued', ahead);
    for (const name of STAGES) {
        const { item, bar } = row(name);
        const fraction = stages[name] ?? 0;
        item.dataset.state = stageState(stages, name);
        bar.value = fraction;
    }
    const words = searchText(frame);
    const { label } = row('find_subject');
    if (label.textContent !== words) label.textContent = words;
}

/**
 * The first three stages run at the same time; each later one waits for all before it.
 *
 * @param {import('../messages/job_types.js').StageFractions} stages
 * @param {import('../messages/job_types.js').StageName} name
 */
function stageState(stages, name) {
    if (stages[name] >= 1) return 'done';
    const index = STAGES.indexOf(name);
    const hasStarted = index < 3 || STAGES.slice(0, index).every((former) => stages[former] >= 1);
    return hasStarted ? 'running' : 'waiting';
}

/** @param {string} name */
function row(name) {
    const known = rows.get(name);
    if (known) return known;
    const selector = `[data-stage="${name}"]`;
    const item = /** @type {HTMLLIElement} */ (byId('stages', HTMLElement).querySelector(selector));
    const bar = /** @type {HTMLProgressElement} */ (item.querySelector('progress'));
    bar.setAttribute('aria-label', text(`stage_${name}`));
    const label = /** @type {HTMLElement} */ (item.querySelector('span'));
    rows.set(name, { item, bar, label });
    return { item, bar, label };
}
