/**
 * @file The editor of a finished job: opened once, and kept going if the engine has to start
 * anew meanwhile.
 */

import { toFailure } from '../messages/failure.js';
import { jobOptions } from '../settings/output_settings.js';
import { readSettings } from '../settings/settings.js';
import { byId } from '../ui/dom.js';
import { resultAddress, startJob } from '../ui/start_job.js';
import { Editor } from './editor/editor.js';
import { canShareFiles } from './editor/file_bar.js';
import { EditLink } from './editor/link.js';
import { showFacts } from './finished.js';

/** @typedef {import('../messages/types.js').JobSnapshot} JobSnapshot */
/** @typedef {import('../messages/types.js').Failure} Failure */

export class Editing {
    link = new EditLink();
    /** @type {Editor | null} */
    editor = null;
    /** @type {Promise<void> | null} */
    #opening = null;
    /** Another engine is making the picture again. */
    #isReopening = false;
    /** @type {import('../messages/types.js').JobOptions} */
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

    /** Whether snapshots are the editor's from now on. */
    get isOpen() {
        return this.#opening !== null;
    }

    /**
     * The job is done for the first time.
     *
     * @param {JobSnapshot} snapshot
     */
    open(snapshot) {
        this.#opening ??= this.#open(snapshot);
        return this.#opening;
    }

    /**
     * A snapshot of a job that has been done before.
     *
     * @param {JobSnapshot} snapshot
     */
    follow(snapshot) {
        this.editor?.follow(snapshot);
        if (snapshot.state === 'done') {
            showFacts(snapshot);
            if (this.#isReopening) this.#connect();
        } else if (snapshot.failure) this.link.fail(snapshot.failure);
    }

    /**
     * The engine is gone: the picture is given to another one, which goes on.
     *
     * @param {Failure} failure
     * @param {string} name
     * @param {Blob | undefined} picture
     */
    async lost(failure, name, picture) {
        this.link.disconnect();
        if (this.#isReopening || !picture) {
            this.link.fail(failure);
            return;
        }
        this.#isReopening = true;
        try {
            const jobId = await startJob(
                name,
                { kind: 'blob', blob: picture },
                { options: this.#options },
            );
            history.replaceState(null, '', resultAddress(jobId));
            await this.#port.watch(jobId);
        } catch (error) {
            this.#isReopening = false;
            this.link.fail(toFailure(error, 'engine'));
        }
    }

    #connect() {
        this.#isReopening = false;
        this.link.connect((question) => this.#port.post(question));
    }

    /** @param {JobSnapshot} snapshot */
    async #open(snapshot) {
        const { cutout, name, options, edit } = snapshot;
        if (!cutout) return;
        byId('job', HTMLElement).hidden = true;
        byId('finished', HTMLElement).hidden = false;
        byId('share', HTMLElement).hidden = !canShareFiles();
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
        await this.editor.open();
    }
}
