/**
 * @file File names within an archive or a folder that are unique on any file system.
 *
 * Decides: "name (2).png" for equal names, and which characters of folder names are replaced.
 */

import { cleanName } from '../settings/clean_name.js';

export class UniqueNames {
    /** @type {Set<string>} As `keyOf` gives them: of files, and of the folders around them. */
    #files = new Set();
    /** @type {Set<string>} */
    #folders = new Set();

    /**
     * Reserve a path that is free, with a number added if the name is taken.
     *
     * @param {readonly string[]} folder  Names of folders, the outermost first.
     * @param {string} fileName           With suffix.
     * @returns {string}  `folder/name (2).png`; never leads out of the archive.
     */
    reserve(folder, fileName) {
        let path = '';
        for (const name of folder.map((each) => cleanName(each)).filter(Boolean)) {
            path = this.#free(`${path}${name}`, '', this.#files);
            this.#folders.add(keyOf(path));
            path += '/';
        }
        const [, stem = fileName, suffix = ''] = /^(.*?)(\.[^.]*)?$/s.exec(fileName) ?? [];
        const whole = this.#free(`${path}${stem}`, suffix, this.#files, this.#folders);
        this.#files.add(keyOf(whole));
        return whole;
    }

    /**
     * @param {string} stem
     * @param {string} suffix
     * @param {...Set<string>} taken
     */
    #free(stem, suffix, ...taken) {
        for (let count = 1; ; count++) {
            const name = count > 1 ? `${stem} (${count})${suffix}` : `${stem}${suffix}`;
            if (!taken.some((keys) => keys.has(keyOf(name)))) return name;
        }
    }
}

/**
 * The same for names that some file system takes for one, which ignores case and composition.
 *
 * @param {string} path
 */
function keyOf(path) {
    return path.normalize('NFC').toUpperCase();
}
