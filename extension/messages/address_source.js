/**
 * @file A picture at an address that a person has given: the source of a job, as soon as its server
 * may be read.
 */

import { mayRead } from '../platform/host_right.js';
import { offcutError } from './failure.js';

/**
 * @param {string} url  `http:`, `https:` or `data:`.
 * @returns {Promise<import('./page_types.js').ImageSource>}
 * @throws {import('./failure.js').OffcutError}  PERMISSION_NEEDED.
 */
export async function addressSource(url) {
    if (url.startsWith('data:') || (await mayRead(url))) return { kind: 'url', url };
    // There is no page that shows it, so its text speaks of none.
    const detail = { host: new URL(url).host, url, given: 1 };
    throw offcutError('PERMISSION_NEEDED', 'fetch', 'The host may not be read yet.', detail);
}
