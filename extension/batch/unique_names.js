/**
 * @file File names within an archive or a folder that are unique on any file system.
 *
 * Decides: "name (2).png" for equal names, and which characters of folder names are replaced.
 */

const FORBIDDEN = /[\p{Cc}<>:"\\|?*/]/gu;

export class UniqueNames {
    /** @type {Set<string>} In lower case and NFC, since some file systems ignore case and composition. */
    #taken = new Set();

    /**
     * Reserve a path that is free, with a number added if the name is taken.
     *
     * @param {readonly string[]} folder  Names of folders, the outermost first.
     * @param {string} fileName           With suffix.
     * @returns {string}  `folder/name (2).png`; never leads out of the archive.
     */
    reserve(folder, fileName) {
        const path = folder.map(cleanFolder).filter(Boolean).join('/');
        const [, stem = fileName, suffix = ''] = /^(.*?)(\.[^.]*)?$/s.exec(fileName) ?? [];
        for (let count = 1; ; count++) {
            const name = count > 1 ? `${stem} (${count})${suffix}` : fileName;
            const whole = path ? `${path}/${name}` : name;
            const key = whole.normalize('NFC').toLowerCase();
            if (this.#taken.has(key)) continue;
            this.#taken.add(key);
            return whole;
        }
    }
}

/** @param {string} name */
function cleanFolder(name) {
    return name.replace(FORBIDDEN, '_').replace(/^[.\s]+|[.\s]+$/g, '');
}
