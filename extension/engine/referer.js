/**
 * @file A request of ours that names the clicked page; the service worker can arrange it.
 *
 * Decides: nothing of its own: the rule is made in background/referer_rules.js, the name chosen in
 * background/cookies_and_referer.js.
 */

import { request } from '../messages/request.js';

/** The browser did not take the rule, so the request was not made. */
export class RefererRuleError extends Error {}

/**
 * @template T
 * @param {string} url
 * @param {string} referer
 * @param {() => Promise<T>} attempt
 * @returns {Promise<T>}
 * @throws {RefererRuleError}  And whatever the attempt throws.
 */
export async function withReferer(url, referer, attempt) {
    const { rule } = await request('background', 'referer.set', { url, referer }).catch((error) => {
        console.warn('no rule for the Referer:', error);
        throw new RefererRuleError(error.message);
    });
    try {
        return await attempt();
    } finally {
        // What is left of it is swept away later; the outcome is the attempt's.
        await request('background', 'referer.clear', { rule }).catch((error) =>
            console.warn('the rule for the Referer is still there:', error),
        );
    }
}
