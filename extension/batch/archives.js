/**
 * @file The ZIP while it is saved: it lies beside the pictures, so that it takes no memory.
 *
 * Decides: the name of the ZIP with its date.
 */

import {
    batchFolder,
    existingFolder,
    readFile,
    removeFile,
    writeFile,
} from '../platform/batch_files.js';

const ARCHIVE = 'archive-';

/**
 * Write an archive. Each has a name of its own, since the browser may still be reading the one
 * before.
 *
 * @param {ReadableStream<Uint8Array<ArrayBuffer>>} stream
 * @returns {Promise<{ blob: Blob, remove: () => Promise<void> }>}
 */
export async function putArchive(stream) {
    const folder = await batchFolder();
    const name = `${ARCHIVE}${crypto.randomUUID()}.zip`;
    const remove = () => removeFile(folder, name);
    try {
        await writeFile(folder, name, stream);
        const file = /** @type {File} */ (await readFile(folder, name));
        return { blob: file.slice(0, file.size, 'application/zip'), remove };
    } catch (error) {
        await remove();
        throw error;
    }
}

/** Remove what a page has left that was closed while it saved. */
export async function removeArchives() {
    const folder = await existingFolder();
    for await (const name of folder?.keys() ?? []) {
        if (name.startsWith(ARCHIVE)) await removeFile(folder, name);
    }
}

/** Name of the file that the user gets. */
export function archiveName() {
    const now = new Date();
    const date = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) =>
        String(part).padStart(2, '0'),
    );
    return `offcut-${date.join('-')}.zip`;
}
