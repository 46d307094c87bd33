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
    if (background && edit.background) {
        const body = { background: edit.background, blob: background };
        await run.ask({ type: 'edit.background', id: 1, body });
    }
    return run.ask({ type: 'edit.save', id: 2, body: { edit } });
}
