/**
 * @file What the buttons of a job in the popup do with its newest snapshot.
 *
 * Decides: download, copy, open, allow a server, try again, cancel, remove.
 */

import { request } from '../messages/request.js';
import { hasLayers } from '../settings/file_formats.js';
import { outputFileName } from '../settings/file_name.js';
import { readSettings } from '../settings/settings.js';
import { text } from '../ui/i18n.js';
import { copyPicture, saveFile, saveProblem } from '../ui/save.js';
import { startAddress, startJob } from '../ui/start_job.js';
import { askFor } from './asked_rights.js';
import { editedCutout } from './edited_cutout.js';

/** @typedef {import('../messages/job_types.js').JobSnapshot} JobSnapshot */
/** @typedef {'download' | 'copy' | 'open' | 'allow' | 'retry' | 'cancel' | 'remove'} Action */

/**
 * The engine and the page around a row.
 *
 * @typedef {object} RowContext
 * @property {(type: 'job.cancel' | 'job.forget') => void} tellEngine
 * @property {(sentence: string) => void} say  Shows what went wrong; '' clears it.
 * @property {(sentence: string) => void} speak  For screen readers.
 * @property {() => void} onAnswered  The browser's question was answered with no.
 * @property {() => void} onStarted  Another job has been started.
 */

/**
 * @typedef {object} JobView
 * @property {JobSnapshot} snapshot  With all that was sent only once.
 * @property {(sentence: string) => void} show  In the row itself.
 */

/** @type {Record<Action, (job: JobView, context: RowContext) => unknown>} In the row's order. */
export const ACTIONS = {
    allow: ({ snapshot }, context) => allow(snapshot, context),
    download: ({ snapshot }, context) => download(snapshot, context),
    copy,
    open: ({ snapshot }) => openPage(snapshot),
    retry,
    cancel: (_, { tellEngine }) => tellEngine('job.cancel'),
    remove: (_, { tellEngine }) => tellEngine('job.forget'),
};

/**
 * @param {JobSnapshot} snapshot
 * @param {RowContext} context
 */
async function download(snapshot, { say }) {
    const cutout = await editedCutout(snapshot);
    if (!cutout) return openPage(snapshot);
    const { blob, width, height } = cutout;
    const { fileNamePattern } = await readSettings();
    const facts = { name: snapshot.name, mediaType: blob.type, width, height };
    say(saveProblem(await saveFile(blob, outputFileName(fileNamePattern, facts))));
}

/** @param {JobSnapshot} snapshot */
function openPage({ jobId }) {
    return request('background', 'result.open', { jobId });
}

/** @param {JobView} job */
async function copy({ snapshot, show }) {
    const cutout = await editedCutout(snapshot);
    // A file with layers is no picture to a browser; the page can have another one made.
    if (!cutout || hasLayers(cutout.blob.type)) return openPage(snapshot);
    await copyPicture(cutout.blob);
    show(text('popup_copied'));
}

/**
 * @param {JobView} job
 * @param {RowContext} context
 */
async function retry({ snapshot }, { tellEngine, onStarted }) {
    const { name, address, picture } = snapshot;
    if (picture) {
        await startJob(name, { kind: 'blob', blob: picture }, { kept: true, isPatient: true });
    } else if (address) await startAddress(address);
    tellEngine('job.forget');
    onStarted();
}

/**
 * Ask for the right to read from the picture's server. The browser's dialogue may close the
 * popup; what waits for the right goes on without it, see background/address.js. A row says itself that
 * it was refused.
 *
 * @param {JobSnapshot} snapshot
 * @param {RowContext} context
 */
async function allow({ failure }, { onAnswered }) {
    if (await askFor(String(failure?.detail.url))) await request('background', 'address.resume');
    else onAnswered();
}
