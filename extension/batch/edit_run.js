/**
 * @file Makes the file of an edit, in a job of the batch that is done.
 */

import { OffcutError } from '../messages/failure.js';

/** @typedef {import('../messages/edit_types.js').Edit} Edit */
/** @typedef {import('../messages/edit_types.js').EditReplied} EditReplied */
/** @typedef {import('../messages/job_types.js').Cutout} Cutout */

/**
 * @param {{ port: chrome.runtime.Port | undefined }} run
 * @param {Edit} edit
 * @param {Blob | null} background  The picture that the edit names, if it does.
 * @returns {Promise<Cutout | null>}  Null if the engine died.
 * @throws {OffcutError}
 */
export async function makeEdit({ port }, edit, background) {
    if (!port) return null;
    if (background && edit.background) {
        const body = { background: edit.background, blob: background };
        await ask(port, { type: 'edit.background', id: 1, body });
    }
    return ask(port, { type: 'edit.save', id: 2, body: { edit } });
}

/**
 * @param {chrome.runtime.Port} port
 * @param {import('../messages/edit_types.js').EditRequest} request
 * @returns {Promise<any>}  Null if the engine died.
 */
function ask(port, request) {
    return new Promise((resolve, reject) => {
        port.onDisconnect.addListener(() => resolve(null));
        port.onMessage.addListener((/** @type {EditReplied} */ reply) => {
            if (reply.type !== 'edit.replied' || reply.id !== request.id) return;
            if (reply.ok) resolve(reply.body);
            else reject(new OffcutError(reply.failure));
        });
        port.postMessage(request);
    });
}
