/**
 * @file One job in the popup: thumbnail, stage and progress, and what can be done with it.
 */

import { request } from '../messages/request.js';
import { api } from '../platform/browser.js';
import { outputFileName } from '../settings/file_name.js';
import { readSettings } from '../settings/settings.js';
import { make } from '../ui/dom.js';
import { failureText, mayHelpToRetry } from '../ui/failure_text.js';
import { text } from '../ui/i18n.js';
import { currentStage, overallProgress } from '../ui/progress.js';
import { copyPicture, downloadFile } from '../ui/save.js';
import { showThumbnail } from '../ui/thumbnail.js';

/** @typedef {import('../messages/job_types.js').JobSnapshot} JobSnapshot */

/**
 * @typedef {object} Surroundings
 * @property {(type: 'job.cancel' | 'job.forget') => void} tellEngine
 * @property {(sentence: string) => void} say  What went wrong, or '' at the next try.
 * @property {(name: string, state: string) => void} announce  For screen readers.
 * @property {() => void} onStarted  Another job was begun.
 */

export class JobRow {
    element = make('li', { className: 'job' });
    #image = make('img', { alt: '', hidden: true });
    #name = make('p', { className: 'name', dir: 'auto' });
    #what = make('p', { className: 'what' });
    #progress = make('progress', { max: 1, value: 0 });
    #buttons = make('div', { className: 'buttons' });
    /** @type {Record<string, HTMLButtonElement>} */
    #button = {};
    /** @type {JobSnapshot | undefined} */
    #last;
    /** @type {Blob | undefined} Sent by the engine once. */
    #picture;
    /** Whether the thumbnail is of the cutout already. */
    #showsCutout = false;
    #around;

    /**
     * @param {string} jobId
     * @param {Surroundings} around
     */
    constructor(jobId, around) {
        this.#around = around;
        this.element.dataset.job = jobId;
        this.#addButton('download', () => this.#download());
        this.#addButton('copy', () => this.#copy());
        this.#addButton('open', () => request('background', 'result.open', { jobId }));
        this.#addButton('allow', () => this.#allow());
        this.#addButton('retry', () => this.#retry());
        this.#addButton('cancel', () => around.tellEngine('job.cancel'));
        this.#addButton('remove', () => around.tellEngine('job.forget'));
        this.element.append(
            make('div', { className: 'thumbnail checkerboard' }, this.#image),
            make(
                'div',
                { className: 'about' },
                this.#name,
                this.#what,
                this.#progress,
                this.#buttons,
            ),
        );
    }

    remove() {
        URL.revokeObjectURL(this.#image.src);
        this.element.remove();
    }

    /** @param {JobSnapshot} snapshot */
    show(snapshot) {
        const former = this.#last?.state;
        this.#last = snapshot;
        this.#name.textContent = snapshot.name;
        this.#name.title = snapshot.name;
        this.#what.textContent = describe(snapshot);
        this.#progress.value = overallProgress(snapshot.stages);
        this.#progress.setAttribute('aria-label', text('popup_progress', snapshot.name));
        this.#showPicture(snapshot);
        this.#arrange(snapshot);
        this.element.dataset.state = snapshot.state;
        const isOver = !isWorking(snapshot);
        if (former && former !== snapshot.state && isOver) {
            this.#around.announce(snapshot.name, snapshot.state);
        }
    }

    /** @param {JobSnapshot} snapshot */
    #showPicture({ picture, cutout }) {
        if (picture) {
            this.#picture = picture;
            if (!cutout) showThumbnail(this.#image, picture);
        }
        if (cutout && !this.#showsCutout) {
            this.#showsCutout = true;
            showThumbnail(this.#image, cutout.blob);
        }
    }

    /**
     * Show the buttons that make sense now.
     *
     * @param {JobSnapshot} snapshot
     */
    #arrange(snapshot) {
        const code = snapshot.failure?.code ?? '';
        const isDone = snapshot.state === 'done';
        const isLost = snapshot.state === 'failed' || snapshot.state === 'cancelled';
        const needsRight = code === 'PERMISSION_NEEDED';
        const hasSource = this.#picture !== undefined || snapshot.address !== undefined;
        /** @type {Record<string, boolean>} */
        const shown = {
            download: isDone,
            copy: isDone,
            open: true,
            allow: needsRight,
            retry: isLost && !needsRight && hasSource && mayHelpToRetry(code),
            cancel: isWorking(snapshot),
            remove: !isWorking(snapshot),
        };
        for (const [name, button] of Object.entries(this.#button)) {
            button.hidden = !shown[name];
            button.setAttribute('aria-label', text(`popup_label_${name}`, snapshot.name));
        }
        const host = snapshot.failure?.detail.host ?? '';
        if (needsRight) this.#button.allow?.setAttribute('aria-label', text('popup_allow', host));
        if (this.#button.allow) this.#button.allow.textContent = text('popup_allow', host);
    }

    /**
     * @param {string} name
     * @param {() => unknown} act
     */
    #addButton(name, act) {
        const button = make('button', { type: 'button', textContent: text(`popup_${name}`) });
        button.dataset.act = name;
        button.addEventListener('click', async () => {
            button.disabled = true; // a second click would do it twice
            this.#around.say('');
            try {
                await act();
            } catch (error) {
                console.error(error);
                this.#around.say(text('popup_action_failed'));
            }
            button.disabled = false;
        });
        this.#button[name] = button;
        this.#buttons.append(button);
    }

    async #download() {
        const { cutout, name } = /** @type {JobSnapshot} */ (this.#last);
        if (!cutout) return;
        const { blob, width, height } = cutout;
        const { fileNamePattern } = await readSettings();
        const facts = { name, mediaType: blob.type, width, height };
        downloadFile(blob, outputFileName(fileNamePattern, facts));
    }

    async #copy() {
        if (!this.#last?.cutout) return;
        await copyPicture(this.#last.cutout.blob);
        this.#what.textContent = text('popup_copied');
    }

    async #retry() {
        const { name, address } = /** @type {JobSnapshot} */ (this.#last);
        if (this.#picture) {
            const source = { kind: 'blob', blob: this.#picture };
            await request('background', 'job.start', { name, source, kept: true });
        } else await request('background', 'address.start', { url: address });
        this.#around.tellEngine('job.forget');
        this.#around.onStarted();
    }

    /** The browser's question may close the popup: the service worker goes on then. */
    async #allow() {
        const url = String(this.#last?.failure?.detail.url);
        const { protocol, hostname } = new URL(url);
        api.storage.session.set({ waitingAddress: url });
        const origins = [`${protocol}//${hostname}/*`];
        if (await api.permissions.request({ origins })) {
            await request('background', 'address.resume');
            this.#around.tellEngine('job.forget');
        } else {
            await api.storage.session.remove('waitingAddress');
            this.#around.say(text('popup_not_allowed'));
        }
    }
}

/** @param {JobSnapshot} snapshot */
function isWorking({ state }) {
    return state === 'running' || state === 'queued';
}

/** @param {JobSnapshot} snapshot */
function describe({ state, stages, ahead, cutout, failure }) {
    if (state === 'queued') return text('result_queued', ahead);
    if (state === 'running') return text(`stage_${currentStage(stages)}`);
    if (state === 'done') return text('popup_facts', cutout?.width ?? 0, cutout?.height ?? 0);
    if (state === 'cancelled') return text('failure_CANCELLED');
    return failureText(failure?.code ?? 'INTERNAL', failure?.detail);
}
