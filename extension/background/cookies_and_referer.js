/**
 * @file What a page's own request for a picture carries, so that ours carries no more.
 *
 * Decides: whether our request sends cookies (the same host only), and which Referer it
 * names by the element's referrer policy.
 */

/**
 * Cookies go with a request to the page's own host. The list of public suffixes that would tell
 * a site is not open to extensions: a host within another may be somebody else's
 * (`somebody.github.io`), so it counts as another. What a page sends across sites
 * (SameSite=None) we never do.
 *
 * @param {string} page
 * @param {string} url
 * @param {boolean} anonymous  The element asks for the picture without credentials.
 */
export function carriesCookies(page, url, anonymous) {
    if (!URL.canParse(page)) return false;
    const [from, to] = [new URL(page), new URL(url)];
    if (from.origin === to.origin) return true;
    if (anonymous || from.protocol !== to.protocol) return false;
    return from.hostname === to.hostname;
}

/**
 * The Referer that the page's own request has, by the policy of its element or the default.
 *
 * @param {string} page
 * @param {string} url
 * @param {string} policy  Of the element; empty for the default of the web.
 * @returns {string | undefined}  undefined when it names nothing.
 */
export function refererOf(page, url, policy) {
    if (!/^https?:/.test(page) || policy === 'no-referrer') return undefined;
    const [from, to] = [new URL(page), new URL(url)];
    const isDowngrade = from.protocol === 'https:' && to.protocol === 'http:';
    const isSame = from.origin === to.origin;
    if (isDowngrade && !['unsafe-url', 'origin', 'origin-when-cross-origin'].includes(policy)) {
        return undefined;
    }
    if (policy === 'same-origin' && !isSame) return undefined;
    const isWhole =
        ['unsafe-url', 'no-referrer-when-downgrade'].includes(policy) ||
        (isSame && policy !== 'origin' && policy !== 'strict-origin');
    return isWhole ? `${from.origin}${from.pathname}${from.search}` : `${from.origin}/`;
}
