/**
 * @file A job that no page shows: kept alive from here, and told of on the toolbar icon and,
 * where the user allows it, in a notification.
 *
 * Decides: the percentage on the icon of the clicked tab, and how the service worker stays awake
 * meanwhile. The number of jobs on the icon is counted in engine/job_register.js.
 */

import { JobConnection } from '../messages/job_connection.js';
import { endNotification, showNotification } from './notifications.js';
import { engineWithJobs } from './open_job.js';
import { showProgress } from './toolbar.js';

/** A port on which nothing passes does not keep a service worker alive for longer. */
const BEAT_MS = 20_000;

/** @typedef {import('../messages/job_types.js').JobSnapshot} JobSnapshot */

/**
 * Watch a job to its end. It lives until `release` is called. If this service worker is ended
 * before that, the engine wakes another one, see errand.js.
 *
 * @param {string} jobId
 * @param {number} tabId  The clicked tab.
 * @param {import('./page_mark.js').PageMark} mark
 * @returns {Promise<{ last: JobSnapshot | null, release: () => void }>}  null when the job was
 *     lost.
 */
export function followJob(jobId, tabId, mark) {
    return new Promise((resolve) => {
        const beat = setInterval(() => connection.post({ type: 'job.beat' }), BEAT_MS);
        const release = () => connection.close(); // a page has the time to open it
        const finish = (/** @type {JobSnapshot | null} */ last) => {
            clearInterval(beat);
            showProgress(tabId, '');
            endNotification(jobId);
            resolve({ last, release });
        };
        const onSnapshot = (/** @type {JobSnapshot} */ snapshot) => {
            if (['done', 'failed', 'cancelled'].includes(snapshot.state)) finish(snapshot);
            else tellProgress(snapshot, tabId, mark);
        };
        const listener = { onSnapshot, onLost: () => finish(null) };
        const connection = new JobConnection(
            engineWithJobs,
            () => `follow:${jobId}`,
            listener,
            true,
        );
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
