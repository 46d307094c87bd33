/**
 * @file Makes the file of an edit, in a job of the batch that is done.
 */

/** @typedef {import('../messages/edit_types.js').Edit} Edit */
/** @typedef {import('../messages/job_types.js').Cutout} Cutout */

/**
 * @param {import('./job_run.js').JobRun} run
 * @param {Edit} edit
 * @param {Blob | null} background  The picture that the edit names, if it does.
 * @returns {Promise<Cutout | null>}  Null if the engine died.
 * @throws {import('../messages/failure.js').OffcutError}
 */
export async function makeEdit(run, edit, background) {
    const { edits } = run;
    if (background && edit.background) {
        await edits.ask('edit.background', { background: edit.background, blob: background });
    }
    return edits.ask('edit.save', { edit });
}
