/**
 * @file A job that no page shows: kept alive from here, and told of on the toolbar icon and,
 * where the user allows it, in a notification.
 */

import { api } from '../platform/browser.js';
import { endNotification, showNotification } from './notifications.js';
import { showProgress } from './toolbar.js';

/** A port on which nothing passes does not keep a service worker alive for longer. */
const BEAT_MS = 20_000;

/** @typedef {import('../messages/job_types.js').JobSnapshot} JobSnapshot */

/**
 * Watch a job to its end. It lives until `release` is called, or until this service worker
 * is ended: then the engine gives it up by itself.
 *
 * @param {string} jobId
 * @param {number} tabId  The clicked tab.
 * @param {import('./page_mark.js').PageMark} mark
 * @returns {Promise<{ last: JobSnapshot | null, release: () => void }>}  null when the engine
 *     died.
 */
export function followJob(jobId, tabId, mark) {
    return new Promise((resolve) => {
        const port = api.runtime.connect({ name: `job:${jobId}` });
        const beat = setInterval(() => port.postMessage({ type: 'job.beat' }), BEAT_MS);
        const finish = (/** @type {JobSnapshot | null} */ last) => {
            clearInterval(beat);
            showProgress(tabId, '');
            endNotification(jobId);
            resolve({ last, release: () => port.disconnect() });
        };
        port.onDisconnect.addListener(() => finish(null));
        port.onMessage.addListener((/** @type {JobSnapshot} */ snapshot) => {
            if (['done', 'failed', 'cancelled'].includes(snapshot.state)) finish(snapshot);
            else tellProgress(snapshot, tabId, mark);
        });
    });
}

/**
 * @param {JobSnapshot} snapshot
 * @param {number} tabId
 * @param {import('./page_mark.js').PageMark} mark
 */
function tellProgress({ jobId, name, stages }, tabId, mark) {
    const fractions = Object.values(stages);
    const percent = Math.round(
        (100 * fractions.reduce((sum, each) => sum + each, 0)) / fractions.length,
    );
    showProgress(tabId, `${Math.min(99, percent)}%`);
    mark.tell(percent);
    showNotification(jobId, name, percent);
}
