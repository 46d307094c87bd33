/**
 * @file One model in the settings. Before any button is pressed it says what the model is, where
 * it comes from and what its licence allows; then how far its download is, and what it did here.
 *
 * Decides: which buttons show in which state, how megabytes, dates, speed and last runs are
 * written, which sentence a failed download gets.
 */

import { make } from '../ui/dom.js';
import { formatAmount, LANGUAGE, text } from '../ui/i18n.js';
import { describeGpu } from './gpu_section.js';
import { describeLicence } from './licence.js';
import { describeMemory } from './memory.js';

/** @typedef {import('../messages/model_types.js').ModelState} ModelState */
/** @typedef {'fetch' | 'pause' | 'remove' | 'test'} Action */

/** The buttons of each status, by the ids of their texts, and what they do. */
const BUTTONS = Object.freeze({
    absent: { download: 'fetch' },
    running: { pause: 'pause', cancel: 'remove' },
    paused: { resume: 'fetch', discard: 'remove' },
    here: { test: 'test', remove: 'remove' },
});

/** @param {number} bytes */
export function formatBytes(bytes) {
    return text('models_megabytes', formatAmount(bytes / 1e6));
}

/** @param {ModelState} state */
export function hostOf({ entry }) {
    const [source] = entry.sources;
    return source ? new URL(source.url).host : '';
}

export class ModelCard {
    #status = '';
    #said = '';
    #facts = make('p', { className: 'quiet' });
    #gpu = make('p', { className: 'quiet gpu' });
    #progress = make('progress', { max: 1 });
    #runs = make('p', { className: 'quiet runs' });
    #news = make('p', { className: 'news' });
    #problem = make('p', { className: 'problem' });
    #buttons = make('div', { className: 'buttons' });
    #act;

    /**
     * @param {ModelState} state
     * @param {(action: Action, card: ModelCard) => void} act  Called when a button is pressed.
     */
    constructor(state, act) {
        const { entry } = state;
        this.state = state;
        this.#act = act;
        this.#progress.setAttribute('aria-label', entry.title);
        const title = make('h3', { textContent: entry.title, id: `model-${entry.id}` });
        const licence = describeLicence(entry);
        this.element = make(
            'li',
            { className: 'model' },
            ...[title, this.#facts, licence, this.#gpu, this.#runs],
            ...[this.#progress, this.#news, this.#problem, this.#buttons],
        );
        this.element.dataset.model = entry.id;
        this.element.setAttribute('aria-labelledby', title.id);
        this.show(state);
    }

    /** @param {ModelState} state */
    show(state) {
        this.state = state;
        this.element.dataset.status = state.status;
        this.#facts.textContent = factsText(state);
        this.#gpu.textContent = describeGpu(state);
        this.#runs.textContent = lastRunsText(state);
        this.#progress.hidden = state.status !== 'running' && state.status !== 'paused';
        this.#progress.value = state.received / state.entry.bytes;
        if (this.#status !== state.status) this.#said = '';
        this.#news.textContent = progressText(state) || this.#said;
        this.#problem.textContent = problemText(state);
        this.#problem.hidden = !this.#problem.textContent;
        if (this.#status !== state.status) this.#showButtons();
        this.#status = state.status;
    }

    /**
     * Show the result of a button.
     *
     * @param {string} sentence
     */
    say(sentence) {
        this.#said = sentence;
        this.#news.textContent = sentence;
    }

    #showButtons() {
        const hadFocus = this.#buttons.contains(document.activeElement);
        const { status, entry } = this.state;
        const actions = /** @type {[string, Action][]} */ (Object.entries(BUTTONS[status]));
        const shown = actions
            .filter(([, action]) => !(action === 'remove' && entry.bundled))
            .filter(([, action]) => !(action === 'test' && entry.prompted)) // it gives no matte
            .map(([name, action]) => this.#button(name, action));
        this.#buttons.replaceChildren(...shown);
        if (hadFocus) shown[0]?.focus();
    }

    /**
     * @param {string} name
     * @param {Action} action
     */
    #button(name, action) {
        const button = make('button', { type: 'button' });
        button.dataset.action = name;
        button.textContent = text(
            `models_${name}`,
            formatBytes(this.state.entry.bytes),
            hostOf(this.state),
        );
        if (name === 'download') button.className = 'primary';
        button.setAttribute('aria-describedby', `model-${this.state.entry.id}`);
        button.addEventListener('click', () => this.#act(action, this));
        return button;
    }
}

/** @param {ModelState} state */
function factsText({ entry, kept, status, storedAt, milliseconds }) {
    const kinds = entry.suitable_for.map((kind) => text(`models_for_${kind.replace(' ', '_')}`));
    const said = [formatBytes(entry.bytes), ...kinds];
    if (entry.memory_bytes) said.push(describeMemory(entry.memory_bytes));
    if (!entry.exercised) said.push(text('models_not_exercised'));
    if (entry.bundled) said.push(text('models_bundled'));
    else if (status === 'here' && kept === 'memory') said.push(text('models_in_memory'));
    else if (status === 'here') {
        said.push(text('models_stored', new Date(storedAt).toLocaleDateString(LANGUAGE)));
    }
    if (milliseconds > 0) said.push(text('models_last_time', formatAmount(milliseconds / 1000)));
    return said.join(' · ');
}

/** @param {ModelState} state */
function lastRunsText({ entry, lastRuns }) {
    if (lastRuns.length === 0) return '';
    const runs = lastRuns.map(({ at, milliseconds, backend }) =>
        text(
            'models_last_run',
            formatAmount(milliseconds / 1000),
            text(`models_on_${backend}`),
            new Date(at).toLocaleString(LANGUAGE, { dateStyle: 'short', timeStyle: 'short' }),
        ),
    );
    const size = `${entry.input.width} × ${entry.input.height}`;
    return text('models_last_runs', size, runs.join(' · '));
}

/** @param {ModelState} state */
function progressText({ entry, status, received, host, bytesPerSecond, waiting }) {
    if (status !== 'running' && status !== 'paused') return '';
    const far = text('models_received', formatBytes(received), formatBytes(entry.bytes));
    if (status === 'paused') return text('models_paused', far);
    if (waiting) return text('models_waiting', far, host);
    return bytesPerSecond > 0 ? text('models_speed', far, formatBytes(bytesPerSecond), host) : far;
}

/** @param {ModelState} state */
function problemText({ failure, entry }) {
    return failure ? modelFailureText(failure, entry.title) : '';
}

/**
 * The text of a failure of a model; many codes are shared with pictures. What the runtime or the
 * network has said, if anything, stands behind the sentence, which is whole without it.
 *
 * @param {import('../messages/failure.js').Failure} failure
 * @param {string} title
 */
export function modelFailureText({ code, detail }, title) {
    const { kind = '', reason = '' } = detail;
    if (code === 'DOWNLOAD_FAILED' && detail.offline) return text('models_failure_offline');
    const isNamed = kind === 'other' && /\.onnx$/i.test(title);
    const sentence =
        (isNamed && text(`models_failure_${code}_named`, title)) ||
        text(`models_failure_${code}_${kind}`, title) ||
        text(`models_failure_${code}`, String(detail.title || title)) ||
        text(`failure_${code}`);
    const said = plainReason(String(reason));
    return said ? `${sentence} (${said})` : sentence;
}

/**
 * onnxruntime puts codes before its words, and has no words for some of them.
 *
 * @param {string} reason
 */
function plainReason(reason) {
    return reason.replace(/^.*ERROR_MESSAGE:\s*/s, '').replace(/[\s:]+$/, '');
}
