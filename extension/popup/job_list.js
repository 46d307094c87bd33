/**
 * @file The popup's list: all jobs of the engine, the newest first.
 *
 * It uses a port, which opens only if there is an engine. So showing the list never starts
 * one.
 */

import { api } from '../platform/browser.js';
import { byId } from '../ui/dom.js';
import { text } from '../ui/i18n.js';
import { JobRow } from './job_row.js';

/** @typedef {import('../messages/job_types.js').JobSnapshot} JobSnapshot */

/**
 * @param {HTMLElement} list
 * @param {(sentence: string) => void} say  Shows what went wrong.
 */
export function watchJobs(list, say) {
    /** @type {Map<string, JobRow>} */
    const rows = new Map();
    /** @type {chrome.runtime.Port | null} */
    let port = null;

    function connect() {
        if (port) return;
        port = api.runtime.connect({ name: 'jobs' });
        port.onMessage.addListener(({ jobs }) => show(jobs));
        port.onDisconnect.addListener(() => {
            console.debug('no engine:', api.runtime.lastError?.message);
            port = null;
            show([]);
        });
    }

    /** @param {JobSnapshot[]} jobs */
    function show(jobs) {
        const ids = new Set(jobs.map(({ jobId }) => jobId));
        for (const [id, row] of rows) {
            if (ids.has(id)) continue;
            row.remove();
            rows.delete(id);
        }
        for (const snapshot of jobs) rowOf(snapshot).show(snapshot);
        list.hidden = jobs.length === 0;
        byId('kept', HTMLElement).hidden = list.hidden;
        document.documentElement.dataset.jobs = String(jobs.length);
    }

    /** @param {JobSnapshot} snapshot */
    function rowOf({ jobId }) {
        const known = rows.get(jobId);
        if (known) return known;
        const row = new JobRow(jobId, {
            tellEngine: (type) => port?.postMessage({ type, jobId }),
            say,
            speak: (name, state) => {
                byId('said', HTMLElement).textContent = text(`popup_said_${state}`, name);
            },
            onStarted: connect,
        });
        rows.set(jobId, row);
        list.prepend(row.element);
        return row;
    }

    connect();
    return { connect };
}
