/**
 * @file One job: what a user asked for, how far it is, and who watches it.
 *
 * Decides: its states, what counts as cancelled or failed, how often pages are told, what a
 * snapshot contains.
 */

import { offcutError, toFailure } from '../messages/failure.js';

/** @typedef {import('../messages/job_types.js').JobState} JobState */
/** @typedef {import('../messages/job_types.js').StageName} StageName */
/** @typedef {import('../messages/failure.js').Failure} Failure */

/** Pages are told of progress at most this often. */
const SNAPSHOT_INTERVAL_MS = 100;

/**
 * @typedef {object} JobEvents
 * @property {() => void} [onTold]  The watching pages were told something.
 * @property {() => void} [onOver]  The job has ended; called once.
 */

export class Job {
    /** @type {JobState} */
    state = 'running';
    ahead = 0;
    /** @type {Record<StageName, number>} */
    stages = { fetch: 0, start_python: 0, load_model: 0, find_subject: 0, refine: 0, save: 0 };
    /** @type {import('../messages/job_types.js').FrameNumber | undefined} */
    frame;
    /** @type {Record<string, number>} */
    timings = {};
    /** @type {Blob | undefined} */
    picture;
    /** @type {string[]} What the user must know about how the picture was had. */
    notices = [];
    /** @type {import('../messages/job_types.js').Cutout | undefined} */
    cutout;
    /** @type {import('../messages/job_types.js').Choice | undefined} */
    choice;
    /** @type {Failure | undefined} */
    failure;
    controller = new AbortController();
    /** @type {Set<chrome.runtime.Port>} */
    watchers = new Set();
    /** Ports that have the blobs already: these are sent once to each. */
    #informed = new WeakSet();
    #started = performance.now();
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    #pending;
    /** It lives on without a page, for the popup's list. */
    kept = false;
    /** It ends with its page, which alone has use for what it makes: the workbench. */
    passing = false;
    /** @type {'fast' | 'best'} How the cut-out was made; "auto" comes to either. */
    quality = 'fast';
    /** Its cut-out is wanted once, and may take the time of a better one. */
    isPatient = false;
    /** @type {'fast' | 'best' | undefined} Of "auto": the one that the person has seen before. */
    shown;
    /** Ended when the cut-out is used or edited: no other one shall take its place. */
    settled = new AbortController();
    /** Without a subject the cut-out is empty, and the job does not fail. */
    allowEmpty = false;
    /** Pictures that its page will bring after this one. */
    behind = 0;
    /** @type {string | undefined} Where the picture was fetched from. */
    address;
    /** @type {import('../messages/page_types.js').AddressSource | undefined} */
    source;
    /** @type {import('../messages/page_types.js').ClickedSpot | undefined} Where it was clicked. */
    spot;
    /** @type {import('../messages/edit_types.js').Edit | undefined} The newest one shown. */
    edit;
    /** @type {import('../messages/job_types.js').Cutout | undefined} The file of that edit. */
    edited;
    /** @type {Map<string, Blob>} Pictures for the background, by the page's own ids. */
    backgrounds = new Map();
    #events;

    /**
     * @param {string} id
     * @param {string} name  File name of the picture without its suffix.
     * @param {import('../messages/job_types.js').JobOptions} [options]
     * @param {JobEvents} [events]
     */
    constructor(id, name, options = {}, events = {}) {
        this.id = id;
        this.name = name;
        this.options = options;
        this.#events = events;
    }

    get isOver() {
        return this.state === 'done' || this.state === 'failed' || this.state === 'cancelled';
    }

    /** Milliseconds since the job was opened. */
    get age() {
        return performance.now() - this.#started;
    }

    /**
     * A page shows an edit now, or has its file.
     *
     * @param {import('../messages/edit_types.js').Edit} edit
     * @param {import('../messages/job_types.js').Cutout} [file]  Of the newest one.
     */
    showEdit(edit, file) {
        const isSame = JSON.stringify(edit) === JSON.stringify(this.edit);
        if (file && !isSame) return;
        if (file || !isSame) this.edited = file;
        this.edit = edit;
        this.#events.onTold?.();
    }

    /** @param {import('../messages/job_types.js').Cutout} cutout */
    finish(cutout) {
        if (this.isOver) return;
        this.cutout = cutout;
        this.stages.save = 1;
        this.#end('done');
    }

    /** @param {unknown} error */
    failWith(error) {
        if (this.isOver) return;
        const failure = toFailure(error, 'engine');
        const cancelled = failure.code === 'CANCELLED' || this.controller.signal.aborted;
        if (!cancelled) this.failure = failure;
        this.#end(cancelled ? 'cancelled' : 'failed');
    }

    /** End it now. The workers let go of it a little later, for which no page need wait. */
    cancel() {
        if (this.isOver) return;
        this.controller.abort();
        this.failWith(offcutError('CANCELLED', 'engine', 'The job was cancelled.'));
    }

    /** @param {chrome.runtime.Port} port */
    addWatcher(port) {
        this.watchers.add(port);
        this.#post(port);
    }

    /** Tell the watching pages soon; several changes in a row become one message. */
    tellSoon() {
        this.#pending ??= setTimeout(() => this.#tellAll(), SNAPSHOT_INTERVAL_MS);
    }

    /** Tell the watching pages now. */
    #tellAll() {
        clearTimeout(this.#pending);
        this.#pending = undefined;
        for (const port of this.watchers) this.#post(port);
        this.#events.onTold?.();
    }

    /** @param {JobState} state */
    #end(state) {
        this.state = state;
        this.timings.total = Math.round(this.age);
        this.#tellAll();
        this.#events.onOver?.();
    }

    /** @param {chrome.runtime.Port} port */
    #post(port) {
        port.postMessage(this.snapshot(port));
    }

    /**
     * All that a page needs to show this job.
     *
     * @param {chrome.runtime.Port} port  The picture is sent to each port once.
     * @returns {import('../messages/job_types.js').JobSnapshot}
     */
    snapshot(port) {
        /** @type {import('../messages/job_types.js').JobSnapshot} */
        const snapshot = {
            jobId: this.id,
            name: this.name,
            state: this.state,
            ahead: this.ahead,
            stages: this.stages,
            frame: this.frame,
            timings: this.timings,
            choice: this.choice,
            failure: this.failure,
            cutout: this.cutout,
            address: this.address,
            source: this.source,
            spot: this.spot,
            options: this.options,
            quality: this.quality,
        };
        if (this.picture && !this.#informed.has(port)) {
            snapshot.picture = this.picture;
            snapshot.edit = this.edit;
            this.#informed.add(port);
        }
        return snapshot;
    }
}
