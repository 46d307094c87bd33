/**
 * @file The system's notifications, for work that no page shows. Only with the user's leave.
 *
 * Decides: whether one is shown (setting and permission), its title, picture and progress, and that
 * progress makes no sound.
 */

import { api } from '../platform/browser.js';
import { NOTIFIES_OF_PROGRESS } from '../platform/capabilities.js';
import { readSettings } from '../settings/settings.js';

const ICON = 'icons/offcut-128.png';

async function mayNotify() {
    const { notify } = await readSettings();
    return notify && (await api.permissions.contains({ permissions: ['notifications'] }));
}

/**
 * @param {string} jobId
 * @param {string} name
 * @param {number} progress  In percent.
 */
export async function showNotification(jobId, name, progress) {
    if (!NOTIFIES_OF_PROGRESS || !(await mayNotify())) return;
    const title = api.i18n.getMessage('notification_working');
    const iconUrl = api.runtime.getURL(ICON);
    const silent = true;
    api.notifications.create(jobId, {
        type: 'progress',
        title,
        message: name,
        iconUrl,
        progress,
        silent,
    });
}

/** @param {string} jobId */
export async function endNotification(jobId) {
    if (await mayNotify()) api.notifications.clear(jobId);
}

/**
 * @param {string} sentence
 * @param {string} name
 */
export async function notifyDone(sentence, name) {
    if (!(await mayNotify())) return;
    const iconUrl = api.runtime.getURL(ICON);
    api.notifications.create({ type: 'basic', title: sentence, message: name, iconUrl });
}
