/**
 * @file A job that no page shows: kept alive from here, and told of on the toolbar icon and,
 * where the user allows it, in a notification.
 *
 * Decides: the percentage on the icon of the clicked tab, and how the service worker stays awake
 * meanwhile. The number of jobs on the icon is counted in engine/job_register.js.
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
 * @returns {Promise<{ last: JobSnapshot | null, release: () => void }>}  null when the engine
 *     died.
 */
export function followJob(jobId, tabId) {
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
            else tellProgress(snapshot, tabId);
        });
    });
}

/**
 * @param {JobSnapshot} snapshot
 * @param {number} tabId
 */
function tellProgress({ jobId, name, stages }, tabId) {
    const fractions = Object.values(stages);
    const percent = Math.round(
        (100 * fractions.reduce((sum, each) => sum + each, 0)) / fractions.length,
    );
    showProgress(tabId, `${Math.min(99, percent)}%`);
    showNotification(jobId, name, percent);
}
