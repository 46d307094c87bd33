/**
 * @file Turns dropped and chosen files and folders into a list of files, each with the names of
 * its folders.
 *
 * Decides: which files of a folder count as pictures (by their endings; hidden ones do not),
 * subfolders, and files that cannot be read.
 */

/** From a folder only pictures are taken; a file that the user chose by itself is always tried. */
const PICTURE = /\.(jpe?g|jfif|png|webp|gif|bmp|tiff?|avif|heic|heif|svg|ico|jxl|tga)$/i;

/**
 * What systems put beside pictures, which no person means: thumbnails of a NAS, halves of files
 * of a Mac, and bins. Nobody need be told that it was left out.
 */
const JUNK_FOLDER =
    /^(?:@eaDir|@tmp|@Recycle|@Recently-Snapshot|#recycle|#snapshot|\$RECYCLE\.BIN|__MACOSX|lost\+found|System Volume Information|\..*)$/i;
const JUNK_FILE = /^(?:\._.*|\.DS_Store|Thumbs\.db|ehthumbs\.db|desktop\.ini|Icon\r)$/i;

/** @typedef {{ file: File, folder: string[] }} FoundFile */

/**
 * @param {DataTransfer} transfer
 * @returns {AsyncGenerator<FoundFile | null>}  Null for each file that is left out.
 */
export function droppedFiles(transfer) {
    // All at once, because the DataTransfer is empty after the event.
    const items = Array.from(transfer.items).filter(({ kind }) => kind === 'file');
    const found = items.map((item) => ({
        entry: item.webkitGetAsEntry(),
        file: item.getAsFile(),
    }));
    return walkAll(found);
}

/** @param {{ entry: FileSystemEntry | null, file: File | null }[]} found */
async function* walkAll(found) {
    for (const { entry, file } of found) {
        if (entry?.isDirectory) yield* walk(/** @type {FileSystemDirectoryEntry} */ (entry), []);
        else if (file) yield { file, folder: [] };
    }
}

/**
 * @param {FileSystemDirectoryEntry} directory
 * @param {string[]} above
 * @returns {AsyncGenerator<FoundFile | null>}
 */
async function* walk(directory, above) {
    const folder = [...above, directory.name];
    for (const entry of await readEntries(directory)) {
        if (entry.isDirectory) {
            if (JUNK_FOLDER.test(entry.name)) continue;
            yield* walk(/** @type {FileSystemDirectoryEntry} */ (entry), folder);
        } else if (JUNK_FILE.test(entry.name)) continue;
        else if (PICTURE.test(entry.name) && !entry.name.startsWith('.')) {
            const file = await readFile(/** @type {FileSystemFileEntry} */ (entry));
            yield file ? { file, folder } : null;
        } else yield null;
    }
}

/**
 * @param {FileSystemDirectoryEntry} directory
 * @returns {Promise<FileSystemEntry[]>}
 */
async function readEntries(directory) {
    const reader = directory.createReader();
    /** @type {FileSystemEntry[]} */
    const all = [];
    for (;;) {
        // The browser gives at most a hundred at a time.
        const some = await new Promise((resolve) => reader.readEntries(resolve, () => resolve([])));
        if (some.length === 0) return all;
        all.push(...some);
    }
}

/**
 * @param {FileSystemFileEntry} entry
 * @returns {Promise<File | null>}  Null if it cannot be read.
 */
function readFile(entry) {
    return new Promise((resolve) => entry.file(resolve, () => resolve(null)));
}

/**
 * @param {readonly File[]} files  Chosen one by one, or as a folder.
 * @returns {(FoundFile | null)[]}
 */
export function chosenFiles(files) {
    return files.filter(isMeant).map((file) => {
        const folder = file.webkitRelativePath.split('/').slice(0, -1);
        const isLeftOut = folder.length > 0 && (!PICTURE.test(file.name) || file.name[0] === '.');
        return isLeftOut ? null : { file, folder };
    });
}

/** @param {File} file */
function isMeant({ name, webkitRelativePath }) {
    // The first is the folder that the user chose.
    const inner = webkitRelativePath.split('/').slice(1, -1);
    const isInFolder = webkitRelativePath !== '';
    return !inner.some((each) => JUNK_FOLDER.test(each)) && !(isInFolder && JUNK_FILE.test(name));
}
