/**
 * @file The popup's list: all jobs of the engine, the newest first.
 *
 * Decides: the order of the rows, and that opening the popup starts no engine. How many finished
 * jobs stay in it is decided in engine/job_register.js.
 *
 * It uses a port, which opens only if there is an engine. So showing the list never starts
 * one.
 */

import { api } from '../platform/browser.js';
import { byId } from '../ui/dom.js';
import { engine } from '../ui/engine.js';
import { JobRow } from './job_row.js';

/** @typedef {import('../messages/job_types.js').JobSnapshot} JobSnapshot */

export class JobList {
    /** @type {Map<string, JobRow>} */
    #rows = new Map();
    /** @type {chrome.runtime.Port | null} */
    #port = null;
    /** Whether the engine that the port leads to has jobs that are not over. */
    #hasUnfinished = false;
    #list;
    #say;

    /**
     * @param {HTMLElement} list
     * @param {(sentence: string) => void} say  Shows what went wrong.
     */
    constructor(list, say) {
        this.#list = list;
        this.#say = say;
        this.connect();
    }

    /** Follow the engine's jobs; without an engine the list stays empty. */
    connect() {
        if (this.#port) return;
        const port = api.runtime.connect({ name: 'jobs' });
        this.#port = port;
        port.onMessage.addListener(({ jobs }) => this.#show(jobs));
        port.onDisconnect.addListener(() => {
            console.debug('no engine:', api.runtime.lastError?.message);
            this.#port = null;
            if (this.#hasUnfinished) this.#reconnect();
            else this.#show([]);
        });
    }

    /** The engine has ended at work: the next one has its jobs. */
    async #reconnect() {
        try {
            await engine.request('engine.hello');
        } catch (error) {
            console.warn('no other engine:', error);
            this.#hasUnfinished = false;
        }
        this.connect();
    }

    /** @param {JobSnapshot[]} jobs */
    #show(jobs) {
        this.#hasUnfinished = jobs.some(({ state }) => state === 'running' || state === 'queued');
        const ids = new Set(jobs.map(({ jobId }) => jobId));
        for (const [id, row] of this.#rows) {
            if (ids.has(id)) continue;
            row.remove();
            this.#rows.delete(id);
        }
        for (const snapshot of jobs) this.#row(snapshot.jobId).show(snapshot);
        this.#list.hidden = jobs.length === 0;
        byId('kept', HTMLElement).hidden = this.#list.hidden;
        document.documentElement.dataset.jobs = String(jobs.length);
    }

    /** @param {string} jobId */
    #row(jobId) {
        const known = this.#rows.get(jobId);
        if (known) return known;
        const row = new JobRow(jobId, {
            tellEngine: (type) => this.#port?.postMessage({ type, jobId }),
            say: this.#say,
            speak: (sentence) => {
                byId('said', HTMLElement).textContent = sentence;
            },
            onStarted: () => this.connect(),
        });
        this.#rows.set(jobId, row);
        this.#list.prepend(row.element);
        return row;
    }
}
