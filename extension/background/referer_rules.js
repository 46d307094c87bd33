/**
 * @file Lets one request of the engine name the clicked page as its Referer.
 *
 * Decides: the declarativeNetRequest rule that sets the header, for how long it may stay, and how
 * left-over rules are removed.
 *
 * A request cannot set that header itself. A rule does, for that address, for our own
 * requests, for as long as the request lasts, or until the engine ends. The browser keeps it for the
 * session only; what was left all the same is removed when the next service worker starts, and
 * before the next rule.
 */

import { api, OWN_ORIGIN } from '../platform/browser.js';

/** No request lasts longer, see `fetchLimits` in platform/bounded_fetch.js. */
const STALE_SECONDS = 180;

/**
 * @param {{ url: string, referer: string }} body
 * @returns {Promise<{ rule: number }>}
 */
export async function setReferer({ url, referer }) {
    await sweepReferers();
    const rule = await freeId();
    await api.declarativeNetRequest.updateSessionRules({
        addRules: [
            {
                id: rule,
                condition: {
                    urlFilter: `|${new URL(url).href.replace(/#.*$/, '').replace(/[*^|]/g, '*')}|`,
                    initiatorDomains: [new URL(OWN_ORIGIN).hostname],
                    resourceTypes: /** @type {any} */ (['xmlhttprequest']),
                },
                action: {
                    type: /** @type {any} */ ('modifyHeaders'),
                    requestHeaders: [
                        {
                            header: 'Referer',
                            operation: /** @type {any} */ ('set'),
                            value: referer,
                        },
                    ],
                },
            },
        ],
    });
    return { rule };
}

/** @param {{ rule: number }} body */
export async function clearReferer({ rule }) {
    await api.declarativeNetRequest.updateSessionRules({ removeRuleIds: [rule] });
}

/** The engine has ended, and its requests with it. */
export async function clearReferers() {
    const rules = await api.declarativeNetRequest.getSessionRules();
    const removeRuleIds = rules.map(({ id }) => id);
    if (removeRuleIds.length === 0) return;
    await api.declarativeNetRequest.updateSessionRules({ removeRuleIds });
}

/** Remove the rules of requests that are long over. A rule's id is the second of its making. */
export async function sweepReferers() {
    const rules = await api.declarativeNetRequest.getSessionRules();
    const stale = rules.filter(
        ({ id }) => now() - id > STALE_SECONDS || id - now() > STALE_SECONDS,
    );
    const removeRuleIds = stale.map(({ id }) => id);
    if (removeRuleIds.length > 0) {
        await api.declarativeNetRequest.updateSessionRules({ removeRuleIds });
    }
}

async function freeId() {
    const taken = new Set((await api.declarativeNetRequest.getSessionRules()).map(({ id }) => id));
    let id = now();
    while (taken.has(id)) id++;
    return id;
}

/** Seconds, in what a rule's id can hold. */
function now() {
    return (Math.floor(Date.now() / 1000) % 2_000_000_000) + 1;
}
