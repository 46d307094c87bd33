/**
 * @file An inline drawing as a file of its own.
 *
 * Decides: how large it is drawn, which styles, `<use>` targets and pictures come along.
 */

/** Python gets its pixels from the browser, so the drawing's size decides how many. */
function drawingSide() {
    return 2048;
}

/**
 * With what the page's style sheets, its `<use>` targets and its pictures give it.
 *
 * @param {SVGSVGElement} drawing
 * @returns {Promise<Blob>}
 */
async function serializeDrawing(drawing) {
    const inert = inertDocument();
    const copies = copyDrawing(drawing, inert);
    const copy = /** @type {SVGSVGElement} */ (copies.get(drawing));
    for (const [original, target] of copies) resolveStyle(original, target);
    bringUsed(drawing, copy, inert);
    await embedPictures(copy);
    setSize(drawing, copy);
    const text = new XMLSerializer().serializeToString(copy);
    return new Blob([text], { type: 'image/svg+xml' });
}

/**
 * @param {Element} original
 * @param {SVGElement} copy
 */
function resolveStyle(original, copy) {
    const names = [
        ...['fill', 'fill-opacity', 'fill-rule', 'clip-rule', 'stroke', 'stroke-width', 'color'],
        ...['stroke-opacity', 'stroke-linecap', 'stroke-linejoin', 'stroke-dasharray', 'opacity'],
        ...['stroke-dashoffset', 'stroke-miterlimit', 'stop-color', 'stop-opacity', 'display'],
        ...['visibility', 'font-family', 'font-size', 'font-weight', 'font-style', 'text-anchor'],
        ...['clip-path', 'mask', 'filter', 'marker-start', 'marker-mid', 'marker-end', 'd'],
        ...['dominant-baseline', 'letter-spacing', 'paint-order', 'mix-blend-mode', 'transform'],
        ...['transform-origin', 'cx', 'cy', 'r', 'rx', 'ry', 'x', 'y'],
    ];
    const isRoot = original instanceof SVGSVGElement && !original.ownerSVGElement;
    const onlyForPage = new Set(['transform', 'transform-origin', 'x', 'y', 'display', 'opacity']);
    const style = getComputedStyle(original);
    for (const name of names) {
        if (isRoot && onlyForPage.has(name)) continue;
        const value = style.getPropertyValue(name);
        // Addresses within the document were made absolute, which a file of its own is not.
        const local = value.replace(/url\("[^"#]*(#[^"]+)"\)/g, 'url($1)');
        if (value && value !== 'none' && value !== 'auto') copy.style.setProperty(name, local);
        else if (value === 'none') copy.style.setProperty(name, 'none');
    }
    copy.removeAttribute('class');
}

/**
 * @param {SVGSVGElement} drawing
 * @param {SVGSVGElement} copy
 * @param {Document} inert
 */
function bringUsed(drawing, copy, inert) {
    const root = /** @type {Document | ShadowRoot} */ (drawing.getRootNode());
    const store = inert.createElementNS('http://www.w3.org/2000/svg', 'defs');
    const wanted = new Set(
        Array.from(copy.querySelectorAll('*')).flatMap((element) => {
            const href = element.getAttribute('href') ?? element.getAttribute('xlink:href') ?? '';
            const style = element.getAttribute('style') ?? '';
            const named = [...style.matchAll(/url\("?#([^")]+)"?\)/g)].map(([, id = '']) => id);
            return href.startsWith('#') ? [href.slice(1), ...named] : named;
        }),
    );
    for (const id of wanted) {
        const target = builtIn(root, 'getElementById')(id);
        if (!(target instanceof SVGElement) || drawing.contains(target)) continue;
        const [used] = copyDrawing(target, inert).values();
        if (used) store.append(used);
    }
    if (store.childElementCount > 0) copy.prepend(store);
}

/** @param {SVGSVGElement} copy */
async function embedPictures(copy) {
    for (const image of copy.querySelectorAll('image')) {
        const url = absolute(image.href.baseVal, document);
        if (!url || url.startsWith('data:')) continue;
        try {
            image.setAttribute('href', await asDataUrl(await readAddress(url)));
        } catch {
            image.remove(); // a picture of its own, which the chooser offers too
        }
    }
}

/**
 * @param {Blob} blob
 * @returns {Promise<string>}
 */
function asDataUrl(blob) {
    return new Promise((resolve, reject) => {
        const reader = new FileReader();
        reader.onload = () => resolve(String(reader.result));
        reader.onerror = () => reject(reader.error);
        reader.readAsDataURL(blob);
    });
}

/**
 * @param {SVGSVGElement} drawing
 * @param {SVGSVGElement} copy
 */
function setSize(drawing, copy) {
    const box = boxOf(drawing);
    const width = drawing.clientWidth || box.width || 300;
    const height = drawing.clientHeight || box.height || 150;
    if (!copy.hasAttribute('viewBox')) copy.setAttribute('viewBox', `0 0 ${width} ${height}`);
    const scale = Math.max(1, drawingSide() / Math.max(width, height));
    copy.setAttribute('width', String(Math.round(width * scale)));
    copy.setAttribute('height', String(Math.round(height * scale)));
    copy.style.removeProperty('width');
    copy.style.removeProperty('height');
}
