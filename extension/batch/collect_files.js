/**
 * @file Dropped and chosen files and folders -> single files, with the folders around them.
 */

/** Of a folder only pictures are taken; a file that was chosen by itself is always tried. */
const PICTURE = /\.(jpe?g|jfif|png|webp|gif|bmp|tiff?|avif|heic|heif|svg|ico|jxl|tga)$/i;

/** @typedef {{ file: File, folder: string[] }} Found */

/**
 * @param {DataTransfer} carrier
 * @returns {AsyncGenerator<Found | null>}  Null for a file that is left out.
 */
export function filesOf(carrier) {
    // All at once: the carrier is empty after the event.
    const items = Array.from(carrier.items).filter(({ kind }) => kind === 'file');
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
 * @returns {AsyncGenerator<Found | null>}
 */
async function* walk(directory, above) {
    const folder = [...above, directory.name];
    for (const entry of await entriesOf(directory)) {
        if (entry.isDirectory) {
            yield* walk(/** @type {FileSystemDirectoryEntry} */ (entry), folder);
        } else if (PICTURE.test(entry.name) && !entry.name.startsWith('.')) {
            const file = await fileOf(/** @type {FileSystemFileEntry} */ (entry));
            yield file ? { file, folder } : null;
        } else yield null;
    }
}

/**
 * @param {FileSystemDirectoryEntry} directory
 * @returns {Promise<FileSystemEntry[]>}
 */
async function entriesOf(directory) {
    const reader = directory.createReader();
    /** @type {FileSystemEntry[]} */
    const all = [];
    for (;;) {
        // A hundred at a time, until there are no more.
        const some = await new Promise((resolve) => reader.readEntries(resolve, () => resolve([])));
        if (some.length === 0) return all;
        all.push(...some);
    }
}

/**
 * @param {FileSystemFileEntry} entry
 * @returns {Promise<File | null>}  Null for what cannot be read.
 */
function fileOf(entry) {
    return new Promise((resolve) => entry.file(resolve, () => resolve(null)));
}

/**
 * @param {readonly File[]} files  Chosen one by one, or as a folder.
 * @returns {(Found | null)[]}
 */
export function chosenFiles(files) {
    return files.map((file) => {
        const folder = file.webkitRelativePath.split('/').slice(0, -1);
        const isLeftOut = folder.length > 0 && (!PICTURE.test(file.name) || file.name[0] === '.');
        return isLeftOut ? null : { file, folder };
    });
}
