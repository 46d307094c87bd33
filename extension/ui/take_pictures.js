/**
 * @file Hands what a person has dropped, chosen or pasted over to the service worker, which starts a
 * job for each picture. So nothing is lost with the page, which may close in this moment.
 */

import { request } from '../messages/request.js';
import { text } from './i18n.js';

/**
 * @param {import('./picture_transfer.js').PictureInput} input
 * @param {boolean} isPatient  No page shows them, so that they may be the better ones of "auto" at
 *     once.
 * @returns {Promise<{ jobIds: string[], sentence: string }>}  What has begun, and what has not.
 */
export async function takePictures({ files = [], addresses = [], sentence = '' }, isPatient) {
    /** @type {string[]} */
    const jobIds = [];
    let unread = '';
    if (files.length > 0) {
        const named = files.map((blob) => ({ name: blob.name, blob }));
        const begun = await request('background', 'files.start', { files: named, isPatient });
        jobIds.push(...begun.jobIds);
        unread = begun.unread;
    }
    for (const url of addresses) {
        const jobId = crypto.randomUUID(); // so that asking twice opens one job
        await request('background', 'address.start', { jobId, url, isPatient });
        jobIds.push(jobId);
    }
    return { jobIds, sentence: unread ? text('popup_cannot_read', unread) : sentence };
}
