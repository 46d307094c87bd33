/**
 * @file A request of ours that names the clicked page; the service worker can arrange it.
 */

import { request } from '../messages/request.js';

/**
 * @template T
 * @param {string} url
 * @param {string} referer
 * @param {() => Promise<T>} attempt
 * @returns {Promise<T>}
 */
export async function withReferer(url, referer, attempt) {
    const { rule } = await request('background', 'referer.lend', { url, referer });
    try {
        return await attempt();
    } finally {
        await request('background', 'referer.return', { rule });
    }
}
