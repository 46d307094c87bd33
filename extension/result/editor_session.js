/**
 * @file The editor of a finished job. It is opened once, and goes on if the engine dies: another
 * engine then gets the picture.
 */

import { toFailure } from '../messages/failure.js';
import { jobOptions } from '../settings/output_settings.js';
import { readSettings } from '../settings/settings.js';
import { byId } from '../ui/dom.js';
import { resultAddress, startJob } from '../ui/start_job.js';
import { EditLink } from './editor/edit_link.js';
import { Editor } from './editor/editor.js';
import { canShareFiles } from './editor/file_bar.js';
import { wireNotices } from './notices.js';
import { showFacts } from './show_facts.js';

/** @typedef {import('../messages/job_types.js').JobSnapshot} JobSnapshot */
/** @typedef {import('../messages/failure.js').Failure} Failure */

export class EditorSession {
    link = new EditLink();
    /** @type {Editor | null} */
    editor = null;
    /** @type {Promise<void> | null} */
    #opening = null;
    /** Another engine is making the cut-out again. */
    #isRestarting = false;
    /** @type {import('../messages/job_types.js').JobOptions} */
    #options = {};
    #port;
    #say;

    /**
     * @param {import('./job_port.js').JobPort} port
     * @param {(sentence: string) => void} say
     */
    constructor(port, say) {
        this.#port = port;
        this.#say = say;
    }

    /** Whether snapshots of the job go to the editor. */
    get isOpen() {
        return this.#opening !== null;
    }

    /**
     * Open the editor, when the job is done for the first time.
     *
     * @param {JobSnapshot} snapshot
     */
    open(snapshot) {
        this.#opening ??= this.#open(snapshot);
        return this.#opening;
    }

    /**
     * Take a snapshot of the job after the editor was opened.
     *
     * @param {JobSnapshot} snapshot
     */
    follow(snapshot) {
        this.editor?.showProgress(snapshot);
        if (snapshot.state === 'done') {
            showFacts(snapshot);
            if (this.#isRestarting) this.#connect();
        } else if (snapshot.failure) this.link.fail(snapshot.failure);
    }

    /**
     * The engine has died: start another one with the same picture.
     *
     * @param {Failure} failure
     * @param {string} name
     * @param {Blob | undefined} picture
     */
    async restart(failure, name, picture) {
        this.link.disconnect();
        if (this.#isRestarting || !picture) {
            this.link.fail(failure);
            return;
        }
        this.#isRestarting = true;
        try {
            const jobId = await startJob(
                name,
                { kind: 'blob', blob: picture },
                { options: this.#options },
            );
            history.replaceState(null, '', resultAddress(jobId));
            await this.#port.watch(jobId);
        } catch (error) {
            this.#isRestarting = false;
            this.link.fail(toFailure(error, 'engine'));
        }
    }

    #connect() {
        this.#isRestarting = false;
        this.link.connect((request) => this.#port.post(request));
    }

    /** @param {JobSnapshot} snapshot */
    async #open(snapshot) {
        const { cutout, name, options, edit } = snapshot;
        if (!cutout) return;
        byId('share', HTMLElement).hidden = !canShareFiles();
        wireNotices();
        showFacts(snapshot);
        this.#options = options ?? jobOptions(await readSettings());
        this.editor = new Editor({
            link: this.link,
            options: this.#options,
            edit: edit ?? { options: this.#options, strokes: [] },
            cutout,
            name,
            say: this.#say,
        });
        this.#connect();
        await this.editor.prepare();
        reveal();
        this.editor.begin();
    }
}

/** The whole editor takes the place of the job at once. */
function reveal() {
    byId('job', HTMLElement).hidden = true;
    byId('history', HTMLElement).hidden = false;
    byId('finished', HTMLElement).hidden = false;
}
