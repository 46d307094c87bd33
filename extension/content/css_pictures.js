/**
 * @file Pictures that the style of an element shows.
 *
 * Decides: which CSS properties count (background-image, border, mask, list bullet, content,
 * ::before and ::after), and which address of an image-set.
 */

/** The properties that can show a picture; `cursor` can too, but nobody means it. */
function pictureProperties() {
    return ['background-image', 'border-image-source', 'mask-image', 'list-style-image', 'content'];
}

/**
 * @param {Element} element
 * @returns {PagePicture[]}
 */
function stylePictures(element) {
    return ['', '::before', '::after'].flatMap((pseudo) => {
        const style = getComputedStyle(element, pseudo || null);
        if (pseudo && ['none', 'normal'].includes(style.content)) return [];
        return pictureProperties().flatMap((property) => {
            if (property === 'list-style-image' && style.display !== 'list-item') return [];
            const value = style.getPropertyValue(property);
            return stylesheetAddresses(value).map((url) => {
                const kind = pseudo ? `${pseudo} ${property}` : property;
                return { element, kind, urls: [url], style: property, pseudo };
            });
        });
    });
}

/**
 * The addresses in a computed value, of an image-set only the sharpest. Computed values
 * have absolute addresses in double quotes.
 *
 * @param {string} value
 * @returns {string[]}
 */
function stylesheetAddresses(value) {
    const quoted = '"(?:[^"\\\\]|\\\\.)*"';
    const set = new RegExp(
        `image-set\\(((?:${quoted}|[^()"]|\\([^()]*\\)|url\\(${quoted}\\))*)\\)`,
        'g',
    );
    const address = new RegExp(`(?:url\\()?(${quoted})\\)?`, 'g');
    const sharpest = value.replace(set, (_, inside) => {
        const offered = [...inside.matchAll(new RegExp(`${address.source}\\s*([\\d.]*)`, 'g'))];
        offered.sort((one, other) => Number(other[2] || 1) - Number(one[2] || 1));
        return offered[0] ? `url(${offered[0][1]})` : '';
    });
    return [...sharpest.matchAll(new RegExp(`url\\((${quoted})\\)`, 'g'))]
        .map(([, text = '']) => text.slice(1, -1).replace(/\\(.)/g, '$1'))
        .filter((url) => !url.startsWith('#') && URL.canParse(url));
}
