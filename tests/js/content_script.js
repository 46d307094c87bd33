/**
 * @file Runs files of the content script, which are classic scripts with one shared scope.
 */

import { readFileSync } from 'node:fs';

/**
 * @param {string[]} files   Relative to `extension/content`.
 * @param {string[]} wanted  Functions to hand out.
 * @returns {Record<string, Function>}
 */
export function contentFunctions(files, wanted) {
    const folder = new URL('../../extension/content/', import.meta.url);
    const source = files.map((name) => readFileSync(new URL(name, folder), 'utf8')).join('\n');
    return new Function(`${source}\nreturn { ${wanted.join(', ')} };`)();
}
