/**
 * @file Puts the cut-out in the place of its picture, and the picture back.
 *
 * Decides: how each kind of element gets the cut-out, its size in the page, what becomes of srcset
 * and `<picture>`, the panel with "Undo", what "put back" restores.
 */

/**
 * @param {PagePicture} picture
 * @param {Blob} cutout
 */
async function replacePicture(picture, cutout) {
    const { element } = picture;
    if (!element.isConnected) throw pictureError('PICTURE_GONE', 'has left its page');
    const url = URL.createObjectURL(cutout);
    const restore = putInPlace(picture, url);
    const { undo } = contentState();
    const putBack = () => {
        undo.splice(undo.indexOf(putBack), 1);
        restore();
        URL.revokeObjectURL(url);
    };
    undo.push(putBack);
    showReplaced(putBack);
}

/** Put the picture back that was replaced last. */
function restorePicture() {
    contentState().undo.at(-1)?.();
}

/**
 * @param {PagePicture} picture
 * @param {string} url
 * @returns {() => void}  Undoes it.
 */
function putInPlace({ element, style, pseudo, kind }, url) {
    if (style && !pseudo && element instanceof HTMLElement) return setStyle(element, style, url);
    if (element instanceof HTMLImageElement) return setSource(element, url);
    if (element instanceof HTMLInputElement) return setAttributes(element, { src: url });
    if (element instanceof SVGImageElement) return setAttributes(element, { href: url });
    if (kind === 'poster') return setAttributes(element, { poster: url });
    if (pseudo) return setPseudo(element, pseudo, style ?? '', url);
    return standIn(element, url);
}

/**
 * @param {Element} element
 * @param {Record<string, string | null>} values  null removes the attribute.
 */
function setAttributes(element, values) {
    const names = Object.keys(values);
    const before = Object.fromEntries(names.map((name) => [name, element.getAttribute(name)]));
    applyAttributes(element, values);
    return () => applyAttributes(element, before);
}

/**
 * @param {Element} element
 * @param {Record<string, string | null>} values
 */
function applyAttributes(element, values) {
    for (const [name, value] of Object.entries(values)) {
        if (value !== null) element.setAttribute(name, value);
        // Asking first writes out what was set through `style`: else Chromium 156 leaves an
        // empty attribute behind.
        else if (element.hasAttribute(name)) element.removeAttribute(name);
    }
}

/**
 * @param {HTMLImageElement} image
 * @param {string} url
 */
function setSource(image, url) {
    const box = image.getBoundingClientRect();
    const fit = getComputedStyle(image).objectFit;
    const undo = [
        setAttributes(image, { src: url, srcset: null, style: image.getAttribute('style') }),
    ];
    if (image.parentElement instanceof HTMLPictureElement) {
        for (const source of image.parentElement.querySelectorAll('source')) {
            undo.push(setAttributes(source, { srcset: null }));
        }
    }
    // A larger file than the shown one must not push the page around.
    image.style.setProperty('width', `${box.width}px`, 'important');
    image.style.setProperty('height', `${box.height}px`, 'important');
    if (fit === 'fill') image.style.setProperty('object-fit', 'contain');
    return () => {
        for (const step of undo) step();
    };
}

/**
 * @param {HTMLElement} element
 * @param {string} property
 * @param {string} url
 */
function setStyle(element, property, url) {
    const undo = setAttributes(element, { style: element.getAttribute('style') });
    element.style.setProperty(property, `url("${url}")`, 'important');
    return undo;
}

/**
 * @param {Element} element
 * @param {string} pseudo
 * @param {string} property
 * @param {string} url
 */
function setPseudo(element, pseudo, property, url) {
    const mark = `offcut-${crypto.randomUUID()}`;
    const root = /** @type {Document | ShadowRoot} */ (element.getRootNode());
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`[${mark}]${pseudo} { ${property}: url("${url}") !important }`);
    element.setAttribute(mark, '');
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
    return () => {
        element.removeAttribute(mark);
        root.adoptedStyleSheets = root.adoptedStyleSheets.filter((each) => each !== sheet);
    };
}

/**
 * A canvas, a video, a drawing: an `<img>` of its size stands in for it.
 *
 * @param {Element} element
 * @param {string} url
 */
function standIn(element, url) {
    const { width, height } = element.getBoundingClientRect();
    const { display, position, inset, margin, float } = getComputedStyle(element);
    const image = document.createElement('img');
    image.src = url;
    const size = { width: `${width}px`, height: `${height}px`, objectFit: 'contain' };
    Object.assign(image.style, { display, position, inset, margin, float, ...size });
    element.replaceWith(image);
    return () => image.replaceWith(element);
}

/** @param {() => void} putBack */
function showReplaced(putBack) {
    const { panel, close } = openPanel('status');
    const sentence = document.createElement('span');
    sentence.textContent = panelText('replaced_said');
    const undo = panelButton(panelText('replaced_undo'), () => {
        putBack();
        close();
    });
    panel.append(sentence, undo, panelButton(panelText('replaced_close'), close));
}
