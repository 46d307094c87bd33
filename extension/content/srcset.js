/**
 * @file The largest of the files that an `<img>` offers.
 *
 * Decides: which address of an `<img>` or `<picture>` is taken: the largest of the source that the
 * browser chose, if it lies on the server of the shown one, then that; how srcset is read.
 */

/**
 * Its addresses, the largest first and the shown one at last.
 *
 * @param {HTMLImageElement} image
 * @returns {string[]}
 */
function addressesOfImage(image) {
    const shown = image.currentSrc || image.src;
    const largest = largestOffered(image);
    const urls = isSameServer(largest, shown) ? [largest, shown] : [shown];
    return [...new Set(urls.filter(Boolean))];
}

/**
 * A server that the page itself has not asked shall hear nothing of a click.
 *
 * @param {string} url
 * @param {string} other
 */
function isSameServer(url, other) {
    if (!URL.canParse(url) || !URL.canParse(other)) return false;
    return new URL(url).origin === new URL(other).origin;
}

/**
 * Only of the source that the browser itself chose: another may show another crop.
 *
 * @param {HTMLImageElement} image
 */
function largestOffered(image) {
    const lists = [image.srcset];
    if (image.parentElement instanceof HTMLPictureElement) {
        for (const source of image.parentElement.querySelectorAll('source')) {
            lists.push(source.srcset);
        }
    }
    const shown = image.currentSrc;
    const chosen = lists
        .map(parseSrcset)
        .find((offered) => offered.some(({ url }) => absolute(url, image) === shown));
    if (!chosen) return '';
    const largest = chosen.reduce((one, other) => (other.size > one.size ? other : one));
    return absolute(largest.url, image);
}

/**
 * The algorithm of the HTML standard, as far as sizes go: an address may hold commas, but
 * neither begin nor end with one.
 *
 * @param {string} text
 * @returns {{ url: string, size: number }[]}  Sizes compare within one list only.
 */
function parseSrcset(text) {
    const offered = [];
    const pattern = /[\s,]*(\S*[^\s,])(?:\s+((?:[^,(]|\([^)]*\))*))?(?:,|$)/g;
    for (const [, url = '', descriptor = ''] of text.matchAll(pattern)) {
        const size = /([\d.]+)[wx]/.exec(descriptor)?.[1];
        offered.push({ url, size: size ? Number(size) : 1 });
    }
    return offered;
}

/**
 * @param {string} url
 * @param {Node} node  Whose document resolves it.
 */
function absolute(url, node) {
    const base = builtIn(node, 'baseURI');
    return URL.canParse(url, base) ? new URL(url, base).href : '';
}
