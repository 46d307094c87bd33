/**
 * @file The ways to show the cut-out where a page shows its picture, each with its way back.
 */

/**
 * A replaced picture.
 *
 * @typedef {object} Replacement
 * @property {() => boolean} isThere  The page still shows the cut-out.
 * @property {() => void} undo
 */

/**
 * @param {PagePicture} picture
 * @param {string} url
 * @returns {Replacement}
 */
function putInPlace(picture, url) {
    const { element, style, pseudo, kind } = picture;
    if (style && !pseudo && element instanceof HTMLElement) return setStyle(picture, url);
    if (element instanceof HTMLImageElement) return setSource(element, url);
    if (element instanceof HTMLInputElement) return setAddress(element, 'src', url);
    if (element instanceof SVGImageElement) return setAddress(element, 'href', url);
    if (kind === 'poster') return setAddress(element, 'poster', url);
    if (pseudo) return setPseudo(element, pseudo, style ?? '', url);
    return standIn(element, url);
}

/**
 * @param {Element} element
 * @param {string} name
 * @param {string} url
 * @returns {Replacement}
 */
function setAddress(element, name, url) {
    const undo = setAttributes(element, { [name]: url });
    return {
        isThere: () => element.isConnected && isOurs(element, name, url),
        undo: () => isOurs(element, name, url) && undo(),
    };
}

/**
 * The page may have put another picture there since: then there is nothing to put back.
 *
 * @param {Element} element
 * @param {string} name
 * @param {string} url
 */
function isOurs(element, name, url) {
    return element.getAttribute(name) === url;
}

/**
 * @param {HTMLImageElement} image
 * @param {string} url
 * @returns {Replacement}
 */
function setSource(image, url) {
    const box = image.getBoundingClientRect();
    const fit = getComputedStyle(image).objectFit;
    const undo = [setAttributes(image, { src: url, srcset: null })];
    if (image.parentElement instanceof HTMLPictureElement) {
        for (const source of image.parentElement.querySelectorAll('source')) {
            undo.push(setAttributes(source, { srcset: null }));
        }
    }
    // A larger file than the shown one must not push the page around.
    const restoreSize = setProperties(image, {
        width: `${box.width}px`,
        height: `${box.height}px`,
        ...(fit === 'fill' ? { 'object-fit': 'contain' } : {}),
    });
    const letGo = () => {
        if (image.currentSrc === url) return;
        image.removeEventListener('load', letGo);
        restoreSize(); // which was not meant for the next picture
        tellReplaced();
    };
    image.addEventListener('load', letGo);
    return {
        isThere: () => image.isConnected && isOurs(image, 'src', url),
        undo: () => {
            image.removeEventListener('load', letGo);
            restoreSize();
            if (isOurs(image, 'src', url)) for (const step of undo) step();
        },
    };
}

/**
 * @param {PagePicture} picture
 * @param {string} url
 * @returns {Replacement}
 */
function setStyle({ element, style = '', urls }, url) {
    const shown = getComputedStyle(element).getPropertyValue(style);
    // What lies over and under it stays.
    const former = `url("${urls[0]}")`;
    const value = shown.includes(former) ? shown.replace(former, () => `url("${url}")`) : '';
    const undo = setProperties(/** @type {HTMLElement} */ (element), {
        [style]: value || `url("${url}")`,
    });
    return {
        isThere: () =>
            builtIn(element, 'isConnected') &&
            getComputedStyle(element).getPropertyValue(style).includes(url),
        undo,
    };
}

/**
 * @param {Element} element
 * @param {string} pseudo
 * @param {string} property
 * @param {string} url
 * @returns {Replacement}
 */
function setPseudo(element, pseudo, property, url) {
    const mark = `offcut-${crypto.randomUUID()}`;
    const root = /** @type {Document | ShadowRoot} */ (builtIn(element, 'getRootNode')());
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`[${mark}]${pseudo} { ${property}: url("${url}") !important }`);
    const unmark = setAttributes(element, { [mark]: '' });
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
    return {
        isThere: () => builtIn(element, 'isConnected'),
        undo: () => {
            unmark();
            root.adoptedStyleSheets = root.adoptedStyleSheets.filter((each) => each !== sheet);
        },
    };
}

/**
 * A canvas, a video, a drawing: an `<img>` of its size stands in for it.
 *
 * @param {Element} element
 * @param {string} url
 * @returns {Replacement}
 */
function standIn(element, url) {
    const { width, height } = boxOf(element);
    const { display, position, inset, margin, float } = getComputedStyle(element);
    const image = builtIn(document, 'createElement')('img');
    image.src = url;
    const size = { width: `${width}px`, height: `${height}px`, objectFit: 'contain' };
    Object.assign(image.style, { display, position, inset, margin, float, ...size });
    element.replaceWith(image);
    const isThere = () => image.isConnected && image.src === url;
    return { isThere, undo: () => isThere() && image.replaceWith(element) };
}
