/**
 * @file Pictures of the batch that were given by their addresses: the engine fetches each when its
 * turn comes.
 *
 * Decides: what such a picture is called until it is here, and that those of a server go on by
 * themselves once it is allowed.
 */

import { mayRead } from '../platform/host_right.js';
import { pictureName } from '../settings/file_name.js';
import { needsRight } from './item.js';

/** @typedef {import('./item_actions.js').Workbench} Workbench */

/**
 * @param {string} address
 * @returns {import('./item.js').FoundPicture}
 */
export function pictureAt(address) {
    const path = address.startsWith('data:') ? '' : new URL(address).pathname;
    const [suffix = ''] = /\.(?:jpe?g|png|webp|gif|bmp|avif|svg|tiff?)$/i.exec(path) ?? [];
    const file = { name: pictureName(address) + suffix, type: '', size: 0 };
    return { file, folder: [], address };
}

/**
 * Go on with what has waited for the right to its server.
 *
 * @param {Workbench} workbench
 */
export async function goOnAllowed({ queue, runner }) {
    for (const item of queue.items.filter(needsRight)) {
        if ((await mayRead(String(item.address))) && needsRight(item)) queue.retry(item);
    }
    runner.startWaiting();
}
