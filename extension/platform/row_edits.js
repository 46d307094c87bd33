/**
 * @file Edits of a batch's pictures on their way from the editor's page to the workbench. Either
 * may be closed while the other works, so they go through the origin's private file system.
 */

import { batchFolder, existingFolder, readFile, removeFile, writeFile } from './batch_files.js';

const FOLDER = 'edits';
/** Writing and taking must not mix. */
const LOCK = 'edits';
const CHANNEL = 'edits';

/**
 * The newest edit of one picture.
 *
 * @typedef {object} RowEdit
 * @property {string} id     Of the item in the batch.
 * @property {string} jobId  Of the editor.
 * @property {number} step   Counts what the person did there. The file of a step may come later than
 *     the step itself, and has its number.
 * @property {import('../messages/edit_types.js').Edit | null} edit  Null for none: as the batch
 *     has made it.
 * @property {{ mediaType: string, width: number, height: number, bytes: number } | null} made
 *     Its file; null if the editor has not made it.
 */
/** @typedef {RowEdit & { file: Blob | null, background: Blob | null }} TakenEdit */

/** The lock that an editor holds for as long as it shows a picture of the batch. */
export const editorLock = (/** @type {string} */ id) => `editor:${id}`;

/**
 * Leave an edit for the workbench.
 *
 * @param {RowEdit} edit
 * @param {{ file?: Blob | null, background?: Blob | null }} [files]
 */
export async function putRowEdit(edit, { file, background } = {}) {
    await navigator.locks.request(LOCK, async () => {
        const folder = await batchFolder(FOLDER);
        if (file) await writeFile(folder, `${edit.id}.file`, file);
        if (background) await writeFile(folder, `${edit.id}.background`, background);
        await writeFile(folder, `${edit.id}.json`, JSON.stringify(edit));
    });
    const channel = new BroadcastChannel(CHANNEL);
    channel.postMessage(edit.id);
    channel.close();
}

/** @param {() => void} onEdit  There is something to take. */
export function watchRowEdits(onEdit) {
    new BroadcastChannel(CHANNEL).addEventListener('message', onEdit);
}

/**
 * Take every edit that was left. One that cannot be used stays for the next time.
 *
 * @param {(edit: TakenEdit) => Promise<void>} use
 */
export async function takeRowEdits(use) {
    await navigator.locks.request(LOCK, async () => {
        const folder = await existingFolder(FOLDER);
        if (!folder) return;
        for (const id of await editedIds(folder)) {
            const edit = await readEdit(folder, id);
            if (edit) await use(edit);
            for (const ending of ['json', 'file', 'background']) {
                await removeFile(folder, `${id}.${ending}`);
            }
        }
    });
}

/** @param {FileSystemDirectoryHandle} folder */
async function editedIds(folder) {
    const ids = [];
    for await (const name of folder.keys()) {
        if (name.endsWith('.json')) ids.push(name.replace('.json', ''));
    }
    return ids;
}

/**
 * @param {FileSystemDirectoryHandle} folder
 * @param {string} id
 * @returns {Promise<TakenEdit | null>}  Null if it cannot be read.
 */
async function readEdit(folder, id) {
    const record = await readFile(folder, `${id}.json`);
    try {
        /** @type {RowEdit} */
        const edit = JSON.parse((await record?.text()) ?? '');
        const file = edit.made ? await readFile(folder, `${id}.file`) : null;
        return { ...edit, file, background: await readFile(folder, `${id}.background`) };
    } catch {
        return null;
    }
}
