/**
 * @file One job in the popup as a row: thumbnail, stage, progress and buttons.
 *
 * Decides: how a long name is cut, what happens while a button's work goes on. What it says and offers:
 * job_words.js; its small picture: row_picture.js.
 */

import { make } from '../ui/dom.js';
import { text } from '../ui/i18n.js';
import { overallProgress } from '../ui/progress.js';
import { wasRefused } from './asked_rights.js';
import { ACTIONS } from './job_actions.js';
import { describeJob, isWorking, needsRight, offeredActions, spoken } from './job_words.js';
import { RowPicture } from './row_picture.js';

/** @typedef {import('../messages/job_types.js').JobSnapshot} JobSnapshot */
/** @typedef {import('./job_actions.js').Action} Action */

/** Characters at the end of a name that are always shown: a number and the suffix. */
const END_LENGTH = 10;

export class JobRow {
    element = make('li', { className: 'job' });
    #picture = new RowPicture();
    #name = make('p', { className: 'name', dir: 'auto' });
    #what = make('p', { className: 'what' });
    #progress = make('progress', { max: 1, value: 0 });
    /** @type {Map<Action, HTMLButtonElement>} */
    #buttons = new Map();
    /** @type {JobSnapshot | undefined} */
    #last;
    /** Whether the person has not allowed what it needs. */
    #isRefused = false;
    #context;

    /**
     * @param {string} jobId
     * @param {Omit<import('./job_actions.js').RowContext, 'onAnswered'>} context
     */
    constructor(jobId, context) {
        this.#context = context;
        this.element.dataset.job = jobId;
        for (const action of /** @type {Action[]} */ (Object.keys(ACTIONS))) {
            this.#buttons.set(action, this.#button(action));
        }
        const buttons = make('div', { className: 'buttons' }, ...this.#buttons.values());
        this.element.append(
            make('div', { className: 'thumbnail checkerboard' }, this.#picture.image),
            make('div', { className: 'about' }, this.#name, this.#what, this.#progress),
            buttons,
        );
    }

    remove() {
        this.#picture.free();
        this.element.remove();
    }

    /** @param {JobSnapshot} snapshot */
    show(snapshot) {
        const former = this.#last?.state;
        this.#last = this.#picture.complete(snapshot);
        this.#paint(this.#last);
        const isOver = !isWorking(snapshot);
        if (former && former !== snapshot.state && isOver) this.#context.speak(spoken(snapshot));
        if (needsRight(snapshot)) this.showAnswer();
    }

    /** @param {JobSnapshot} snapshot */
    #paint(snapshot) {
        this.#showName(snapshot);
        this.#what.textContent = describeJob(snapshot, this.#isRefused);
        this.#progress.value = overallProgress(snapshot.stages);
        this.#progress.setAttribute('aria-label', text('popup_progress', snapshot.name));
        this.#picture.show(snapshot);
        this.#showButtons(snapshot);
        this.element.dataset.state = snapshot.state;
        this.element.toggleAttribute('data-asks', needsRight(snapshot));
    }

    /** Say that the server of this picture was not allowed, if a person has said so. */
    async showAnswer() {
        const { failure } = this.#last ?? {};
        if (this.#isRefused || !failure?.detail.url) return;
        this.#isRefused = await wasRefused(String(failure.detail.url));
        if (this.#isRefused && this.#last) this.#paint(this.#last);
    }

    /** @param {JobSnapshot} snapshot  A picture that was a file has that file's whole name. */
    #showName({ name, picture }) {
        const whole = picture instanceof File ? picture.name : name;
        if (this.#name.title === whole) return;
        this.#name.title = whole;
        // What is too long is cut in its middle: names of a camera differ at their ends.
        const end = whole.slice(-END_LENGTH);
        const beginning = make('span', { textContent: whole.slice(0, -END_LENGTH) });
        beginning.style.maxInlineSize = `calc(100% - ${widthOf(end)}em)`;
        this.#name.replaceChildren(beginning, make('span', { textContent: end }));
    }

    /** @param {JobSnapshot} snapshot */
    #showButtons(snapshot) {
        const offered = offeredActions(snapshot);
        for (const [action, button] of this.#buttons) {
            button.hidden = !offered[action];
            button.setAttribute('aria-label', text(`popup_label_${action}`, snapshot.name));
        }
        const allow = this.#buttons.get('allow');
        allow?.classList.toggle('primary', offered.allow);
        const allowText = text('popup_allow', snapshot.failure?.detail.host ?? '');
        if (offered.allow) allow?.setAttribute('aria-label', allowText);
        if (allow) allow.textContent = allowText;
    }

    /** @param {Action} action */
    #button(action) {
        const button = make('button', { type: 'button', textContent: text(`popup_${action}`) });
        button.dataset.act = action;
        button.addEventListener('click', async () => {
            button.disabled = true; // so that a second click does not do it twice
            this.#context.say('');
            try {
                await this.#run(action);
            } catch (error) {
                console.error(error);
                this.#context.say(text('popup_action_failed'));
            }
            button.disabled = false;
        });
        return button;
    }

    /** @param {Action} action */
    #run(action) {
        const snapshot = /** @type {JobSnapshot} */ (this.#last);
        const show = (/** @type {string} */ sentence) => {
            this.#what.textContent = sentence;
        };
        const onAnswered = () => this.showAnswer();
        const context = { ...this.#context, onAnswered };
        return ACTIONS[action]({ snapshot, show }, context);
    }
}

/**
 * About as much room as a text needs, in em: more than it does, rather than less.
 *
 * @param {string} words
 */
function widthOf(words) {
    return [...words].reduce((sum, letter) => sum + (letter < '\u0250' ? 0.75 : 1.1), 0);
}
